using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Who is written down when he comes.</summary>
internal static partial class NginxLogs
{
    /// <summary>Places whose visitors nobody writes down: servers, and their locations that take everything or lead to an application.</summary>
    /// <param name="servers">Of http.</param>
    /// <param name="formats">Every log_format.</param>
    /// <param name="doubts">Logs that are written under a condition.</param>
    public static IReadOnlyList<string> Without(IEnumerable<NginxDirective> servers, IReadOnlyList<NginxDirective> formats, List<Sighting> doubts) =>
        [.. servers.SelectMany(s => s.All().Where(d => d == s || IsVisited(d))).Where(b => !IsLogged(b, formats, doubts)).Select(b => b.Line.Place)];

    /// <summary>Error logs that lead nowhere.</summary>
    public static IReadOnlyList<string> Discarded(IEnumerable<NginxDirective> all) =>
        [.. all.Where(d => d.Name == "error_log" && (d.Arguments is [var file, ..] && NullDevice.Is(file) || d.Arguments.Skip(1).Any(a => a is "emerg" or "alert" or "crit"))).Select(d => d.Line.Place)];

    private static bool IsVisited(NginxDirective block) => block.Name switch
    {
        "location" => NginxRedirects.IsEverything(block) || (!IsHeartbeat(block) && block.Inside.Exists(IsWork)),
        "if" => block.Inside.Exists(d => d.Name == "access_log"),
        _ => false,
    };

    /// <summary>One exact path, by which machines ask whether it lives.</summary>
    private static bool IsHeartbeat(NginxDirective location) => location.Arguments is ["=", var path] && Heartbeat().IsMatch(path);

    /// <summary>Leads to an application, is one, or takes files in.</summary>
    private static bool IsWork(NginxDirective d) => d.Name.EndsWith("_pass", StringComparison.Ordinal) || d.Name.StartsWith("content_by_lua", StringComparison.Ordinal) || d.Name is "js_content" or "perl" or "dav_methods";

    private static bool IsLogged(NginxDirective block, IReadOnlyList<NginxDirective> formats, List<Sighting> doubts)
    {
        var logs = block.Around().Select(b => b.Own("access_log").ToList()).FirstOrDefault(l => l.Count > 0);
        if (logs is null)
        {
            return true;
        }

        if (logs.Exists(l => l.Arguments is ["off"]))
        {
            return false;
        }

        var kept = logs.FindAll(l => l.Arguments is [var file, ..] && !NullDevice.Is(file) && SaysEnough(l, formats));
        var conditional = kept.FindAll(l => l.Arguments.Any(a => a.StartsWith("if=", StringComparison.Ordinal)));
        if (kept.Count == 0 || (conditional.Count == kept.Count && conditional.TrueForAll(l => l.Arguments.Any(a => a is "if=" or "if=0"))))
        {
            return false;
        }

        if (conditional.Count == kept.Count)
        {
            doubts.Add(NginxRedirects.Sighting(conditional[0]));
        }

        return true;
    }

    /// <summary>Who, when and what.</summary>
    private static bool SaysEnough(NginxDirective log, IReadOnlyList<NginxDirective> formats)
    {
        var name = log.Arguments.Skip(1).FirstOrDefault(a => !a.Contains('=', StringComparison.Ordinal));
        var format = name is null or "combined" ? null : formats.FirstOrDefault(f => f.Arguments is [var own, ..] && own == name);
        var text = format is null ? null : string.Concat(format.Arguments.Skip(1));
        return text is null || (Who().IsMatch(text) && When().IsMatch(text) && What().IsMatch(text));
    }

    [GeneratedRegex(@"\$\{?(binary_)?(remote_addr|http_x_forwarded_for|http_x_real_ip|realip_remote_addr|proxy_protocol_addr|proxy_add_x_forwarded_for)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex Who();

    [GeneratedRegex(@"\$\{?(time_local|time_iso8601|msec)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex When();

    [GeneratedRegex(@"\$\{?(request|request_uri|uri|document_uri)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking, 2000)]
    private static partial Regex What();

    [GeneratedRegex("^/(api/)?(healthz?|health-?check|ping|livez?|readyz?|favicon\\.ico)/?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex Heartbeat();
}
