using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether an address somebody is sent to belongs to the candidate, and whether it is looked at.</summary>
internal static class PlaceNamed
{
    /// <summary>The asked endpoint's own host, or another that the candidate names, on whatever port.</summary>
    public static bool IsHost(Uri to, Endpoint asked, Scope scope) =>
        string.Equals(HostOf(to), EndpointName.Reference(asked), StringComparison.OrdinalIgnoreCase) || scope.Names(HostOf(to));

    /// <summary>A port that is an endpoint of the candidate, the asked one included.</summary>
    public static bool IsEndpoint(Uri to, Endpoint asked, Scope scope) =>
        scope.Serves(HostOf(to), to.Port) || (to.Port == asked.Port && string.Equals(HostOf(to), EndpointName.Reference(asked), StringComparison.OrdinalIgnoreCase));

    private static string HostOf(Uri to) => to.IdnHost.Trim('[', ']').TrimEnd('.');
}
