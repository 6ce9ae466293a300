using System.Net;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>This host by another name or number.</summary>
internal static class OwnHost
{
    /// <param name="host">Name or address, an IPv6 address in brackets or not.</param>
    public static bool Is(string host) => host.Trim('[', ']') is var bare
        && (bare.Length == 0 || bare.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) || bare.StartsWith("ip6-l", StringComparison.OrdinalIgnoreCase) || bare.Contains('%', StringComparison.Ordinal)
            || (IPAddress.TryParse(bare, out var address) && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
                || (address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address.MapToIPv4())))));
}
