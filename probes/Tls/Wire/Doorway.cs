using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The one way to a connection on which the next byte sent may be a TLS or TLCP record.</summary>
internal static class Doorway
{
    /// <exception cref="UnableException">No connection, see <see cref="IDialer.DialAsync"/>.</exception>
    public static Task<Connection> OpenAsync(ProbeContext context, Endpoint endpoint, CancellationToken cancellationToken) =>
        context.Dialer.DialAsync(endpoint, cancellationToken);
}
