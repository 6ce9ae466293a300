using System.Globalization;
using System.Net;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What people write for an endpoint: <c>host</c>, <c>host:port</c>, <c>[::1]:443</c> or a URL.</summary>
/// <param name="Host">DNS name or IP literal, no brackets.</param>
/// <param name="Port">1–65535; 443 or 80 where it was left out.</param>
/// <param name="Protocol">From the URL's scheme; https where there is none.</param>
/// <param name="Path">From the URL; a slash where there is none.</param>
public sealed record EndpointAddress(string Host, int Port, EndpointProtocol Protocol, string Path)
{
    /// <summary>As written before ://, in lower case; null where none was.</summary>
    public string? Scheme { get; init; }

    /// <summary>Written as http:// or https://.</summary>
    public bool IsWebUrl => Scheme is "http" or "https";

    public const string Expected = "主机:端口、http(s):// 网址 或 tls://主机:端口（不是 HTTP 的 TLS 服务）";
    public const string Example = "portal.example.cn:443";

    /// <summary>Null where it is not an address; <paramref name="why"/> then says what is wrong with it.</summary>
    /// <param name="text">As written.</param>
    /// <param name="why">Empty of meaning where it is one.</param>
    /// <param name="standardPort">The port where none is written; that of the scheme where null.</param>
    public static EndpointAddress? TryParse(string text, out string why, int? standardPort = null)
    {
        why = "不是合格的地址";
        text = text.Trim();
        var protocol = EndpointProtocol.Https;
        string? named = null;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            named = text[..scheme].ToLowerInvariant();
            switch (named)
            {
                case "https":
                    break;
                case "http":
                    protocol = EndpointProtocol.Http;
                    break;
                case "tls" or "tlcp":
                    protocol = EndpointProtocol.Tls;
                    break;
                default:
                    why = $"不支持 {text[..scheme]}:// 地址";
                    return null;
            }

            text = text[(scheme + 3)..];
        }

        var slash = text.AsSpan().IndexOfAny('/', '?', '#');
        var path = slash < 0 ? "/" : text[slash..];
        var authority = slash < 0 ? text : text[..slash];
        if (authority.Contains('@', StringComparison.Ordinal))
        {
            why = "地址里不能写用户名或口令";
            return null;
        }

        if (named is null && IPAddress.TryParse(authority.Split(':')[0], out _) && path is ['/', _, ..] && path.Length <= 4 && path.Skip(1).All(char.IsAsciiDigit))
        {
            why = "写的是网段；一个端点是一台主机的一个端口，请逐个写出";
            return null;
        }

        return Split(authority, standardPort ?? (protocol == EndpointProtocol.Http ? 80 : 443)) is var (host, port) && host is not null && IsHost(host) && port is > 0 and < 65536 && IsPath(path)
            ? new EndpointAddress(host, port.Value, protocol, path.Split('#')[0] is ['/', ..] clean ? clean : "/") { Scheme = named }
            : null;
    }

    private static (string? Host, int? Port) Split(string authority, int? standard)
    {
        if (authority.StartsWith('['))
        {
            var close = authority.IndexOf(']', StringComparison.Ordinal);
            return close < 0 || !authority[1..close].Contains(':', StringComparison.Ordinal) ? (null, null) : (authority[1..close], close + 1 == authority.Length ? standard : PortAfter(authority[(close + 1)..]));
        }

        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && authority.LastIndexOf(':') != colon)
        {
            return IPAddress.TryParse(authority, out _) ? (authority, standard) : (null, null);
        }

        return colon < 0 ? (authority, standard) : (authority[..colon], PortAfter(authority[colon..]));
    }

    private static int? PortAfter(string withColon) =>
        withColon is [':', ..] && int.TryParse(withColon.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    private static bool IsHost(string host) =>
        host.Length is > 0 and <= 253 && (IPAddress.TryParse(host, out _)
            || host.TrimEnd('.').Split('.').All(label => label.Length is > 0 and <= 63 && label.All(c => char.IsLetterOrDigit(c) || c is '-' or '_') && label[0] != '-'));

    /// <summary>No blank, no control character: the path goes onto a request line.</summary>
    private static bool IsPath(string path) => path.Length <= 2048 && path.All(c => c is > ' ' and < '\x7f');
}
