using System.Net;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// Which sockets of the http servers speak TLS. The word ssl belongs to the address and port, not to the server: one server that says it
/// makes all of that address speak TLS, and a server may listen in clear beside it.
/// </summary>
internal sealed class NginxListens
{
    private readonly HashSet<string> _secure = new(StringComparer.Ordinal);

    public NginxListens(IReadOnlyList<NginxDirective> servers)
    {
        Servers = servers;
        foreach (var listen in servers.SelectMany(s => s.Own("listen")).Where(l => l.Arguments.Skip(1).Any(a => a is "ssl" or "quic")))
        {
            _secure.Add(Socket(listen));
        }
    }

    public IReadOnlyList<NginxDirective> Servers { get; }

    public bool IsTls(NginxDirective server) => Everywhere(server) || server.Own("listen").Any(l => _secure.Contains(Socket(l)));

    /// <summary>A server of mail or of mere streams that speaks TLS.</summary>
    public static bool IsOtherTls(NginxDirective server) => server is { Name: "server", Parent.Name: "stream" or "mail" }
        && (Everywhere(server) || server.Effective("starttls") is { Arguments: [var word] } && !word.Equals("off", StringComparison.OrdinalIgnoreCase) || server.Own("listen").Any(l => l.Arguments.Skip(1).Contains("ssl", StringComparer.Ordinal)));

    /// <summary>Ports it listens on in clear; sockets of the file system and of the host's own loopback are nobody's network.</summary>
    public IReadOnlyList<string> Clear(NginxDirective server)
    {
        var listens = server.Own("listen").Select(Socket).ToList();
        return Everywhere(server) ? []
            : listens.Count == 0 ? ["80"]
            : [.. listens.Where(l => !_secure.Contains(l) && !l.StartsWith("unix:", StringComparison.Ordinal) && !IsLoopback(l)).Select(l => l[(l.LastIndexOf(':') + 1)..]).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The older switch, which is for all its sockets.</summary>
    private static bool Everywhere(NginxDirective server) => server.Effective("ssl") is { Arguments: [var word] } && word.Equals("on", StringComparison.OrdinalIgnoreCase);

    private static bool IsLoopback(string socket) => socket[..socket.LastIndexOf(':')].Trim('[', ']') is var host && (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));

    private static string Socket(NginxDirective listen)
    {
        var text = listen.Arguments is [var first, ..] ? first : "80";
        return text switch
        {
            _ when text.StartsWith("unix:", StringComparison.Ordinal) => text,
            _ when text.All(char.IsAsciiDigit) => $"*:{text}",
            _ when text[^1] == ']' || !text.Contains(':', StringComparison.Ordinal) => $"{text}:80",
            _ when text.StartsWith("0.0.0.0:", StringComparison.Ordinal) => $"*{text[7..]}",
            _ => text,
        };
    }
}
