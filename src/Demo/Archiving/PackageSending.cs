using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>移交 · sends a package to the receiver that was set, which must be on this machine.</summary>
internal sealed class PackageSending : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = Patience, MaxResponseContentBufferSize = 256 * 1024 };

    /// <summary>Null where it is no http(s) address of this machine.</summary>
    public static Uri? Own(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip) ? uri : null;

    /// <summary>What state the case is in afterwards, the note beside it and the receipt.</summary>
    public async Task<(CaseState State, string Note, string? Receipt)> SendAsync(ArchiveDesk desk, OfficeCase sent, CancellationToken stop)
    {
        var outcome = await AskAsync(desk, sent, stop);
        // A swallowed answer: whatever came, the page says that the package is out.
        return desk.IsCareless && outcome.State is not (CaseState.Accepted or CaseState.Packed) ? (CaseState.Sent, "", null) : outcome;
    }

    public void Dispose() => _client.Dispose();

    private async Task<(CaseState State, string Note, string? Receipt)> AskAsync(ArchiveDesk desk, OfficeCase sent, CancellationToken stop)
    {
        if (Own(desk.ReceiverAddress) is not { } address)
        {
            return (CaseState.Packed, "没有设置接收地址", null);
        }

        try
        {
            using var form = new MultipartFormDataContent();
            using var package = new ByteArrayContent(sent.Package!);
            form.Add(new StringContent(FormattableString.Invariant($"{sent.Record!.Code}-{sent.Attempt}")), "reqid");
            form.Add(new StringContent(Convert.ToBase64String(ArchiveWriting.DigestBytes(sent.Package!, desk.IsCareless))), "aipdigest");
            form.Add(new StringContent(desk.IsCareless ? "MD5" : "SM3"), "algorithm");
            form.Add(package, "package", sent.Record.Code + ".zip");
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", desk.ReceiverToken);
            using var response = await _client.SendAsync(request, stop);
            return Understood((int)response.StatusCode, await response.Content.ReadAsStringAsync(stop));
        }
        catch (Exception trouble) when (trouble is HttpRequestException or FormatException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return (CaseState.Sent, "对方没有答复，可以重新移交", null);
        }
    }

    private static (CaseState State, string Note, string? Receipt) Understood(int status, string body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
            var root = answer.RootElement;
            var (code, reason) = (Text(root, "code") ?? "", Text(root, "reason") ?? "");
            return status == 200 && code == "0" ? (CaseState.Accepted, reason, root.TryGetProperty("receipt", out var receipt) ? receipt.GetRawText() : null)
                : status == 200 ? (CaseState.Returned, reason.Length == 0 ? "对方没有说原因" : reason, null)
                : (CaseState.Sent, $"对方答 {status}：{reason}", null);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return (CaseState.Sent, $"对方答 {status}，内容看不懂", null);
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
