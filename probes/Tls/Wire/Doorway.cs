using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The one way to a connection on which the next byte sent may be a TLS or TLCP record.</summary>
internal static class Doorway
{
    /// <exception cref="UnableException">No connection, see <see cref="IDialer.DialAsync"/>, or no way from the clear dialogue to TLS.</exception>
    public static async Task<Connection> OpenAsync(ProbeContext context, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var connection = await context.Dialer.DialAsync(endpoint, cancellationToken);
        if (endpoint.StartTls is not { } protocol)
        {
            return connection;
        }

        try
        {
            await StartTlsDoor.PassAsync(connection.Stream, endpoint, protocol, context.Clock, cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
