using System.Globalization;
using System.Net;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The name an endpoint is asked for, and the name its certificate should carry.</summary>
internal static class EndpointName
{
    private const int LongestName = 253;

    /// <summary>Reference identifier (RFC 9525 §6.1): ASCII lower case, an IP literal unchanged.</summary>
    public static string Reference(Endpoint endpoint)
    {
        var name = (endpoint.ServerName ?? endpoint.Host).TrimEnd('.');
        if (IPAddress.TryParse(name, out _))
        {
            return name;
        }

        try
        {
            return new IdnMapping().GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>The name to send as SNI; null for an IP literal, which RFC 6066 §3 forbids, and for what is no host name.</summary>
    public static string? Sni(Endpoint endpoint)
    {
        var name = Reference(endpoint);
        return name.Length is > 0 and <= LongestName && name.All(char.IsAscii) && !IPAddress.TryParse(name, out _) ? name : null;
    }
}
