using System.Net;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What stood in the way of looking at a port and what to ask for next, read out of what several probes saw together.</summary>
internal static class PortHints
{
    private const string Versions = "tls.protocol-versions";
    private const string Pages = "tls.http-security-headers";

    /// <param name="endpoint">The port.</param>
    /// <param name="own">Its records.</param>
    /// <returns>Sentences for people; empty where nothing stood in the way.</returns>
    public static IReadOnlyList<string> Of(Endpoint endpoint, IReadOnlyList<ProbeRecord> own)
    {
        var hints = new List<string>();
        var isUnproved = Data(own, Versions) is { } versions && List(versions, "confirmed") is [];
        if (isUnproved && Behaves(own, "requiresServerName"))
        {
            hints.Add(NameGiven(endpoint) is { } name
                ? $"服务器以告警 unrecognized_name 拒绝名称 {name}（SNI）：请核对域名，用 --sni 域名（目标文件里写 sni=域名）换一个名称重新探测。"
                : "服务器没有收到服务器名称（SNI）就拒绝握手：请用 --sni 域名（目标文件里写 sni=域名）重新探测。");
        }
        else if (isUnproved && Alerts(own) is { Count: > 0 } alerts)
        {
            hints.Add($"服务器对各个版本的握手都以告警拒绝（{string.Join("、", alerts)}），没有出示证书：可能要求特定的服务器名称（用 --sni 域名 再试）、没有配好证书，或只接受本工具没有提出的参数。");
        }

        if (RequestsCertificate(own))
        {
            hints.Add(WithoutCertificate(own) is { } status
                ? $"服务器要求客户端证书：没有证书的访问被拒绝（状态码 {status}），看到的只是错误页，页面的响应头没有核验。"
                : "服务器在握手中要求客户端证书：本次没有出示证书，登录后的内容没有看到。");
        }

        return hints;
    }

    /// <summary>The status of a refusal for want of a client certificate; null where there was none.</summary>
    private static int? WithoutCertificate(IReadOnlyList<ProbeRecord> own) =>
        Data(own, Pages) is { } page && page.TryGetProperty("turnedAwayWithoutCertificate", out var isTurnedAway) && isTurnedAway.ValueKind == JsonValueKind.True
        && page.TryGetProperty("statusCode", out var status) && status.TryGetInt32(out var code) ? code : null;

    private static bool RequestsCertificate(IReadOnlyList<ProbeRecord> own) =>
        Behaves(own, "requestsClientCertificate")
        || new[] { "tls.tls13-handshake", "tls.tlcp-handshake" }.Any(kind =>
            Data(own, kind) is { } seen && seen.TryGetProperty("clientCertificateRequested", out var asked) && asked.ValueKind == JsonValueKind.True);

    private static bool Behaves(IReadOnlyList<ProbeRecord> own, string kind) =>
        new[] { Versions, "tls.cipher-suites" }.Any(k => Data(own, k) is { } seen && List(seen, "behaviours")?.Any(b => Text(b, "kind") == kind) == true);

    private static List<string> Alerts(IReadOnlyList<ProbeRecord> own) =>
        Data(own, Versions) is { } seen ? [.. (List(seen, "answers") ?? []).Select(a => Text(a, "alert")).OfType<string>().Distinct(StringComparer.Ordinal)] : [];

    /// <summary>An address is never sent as a server name (RFC 6066 §3).</summary>
    private static string? NameGiven(Endpoint endpoint) => endpoint.ServerName ?? (IPAddress.TryParse(endpoint.Host, out _) ? null : endpoint.Host);

    private static JsonElement? Data(IReadOnlyList<ProbeRecord> own, string kind) =>
        own.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).FirstOrDefault(o => o.Kind == kind)?.Data;

    private static IReadOnlyList<JsonElement>? List(JsonElement data, string field) =>
        data.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : null;

    private static string? Text(JsonElement record, string field) =>
        record.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
