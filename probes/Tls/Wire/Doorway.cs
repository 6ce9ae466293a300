using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The one way to a connection on which the next byte sent may be a TLS or TLCP record.</summary>
internal static class Doorway
{
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);

    /// <exception cref="UnableException">
    /// No connection, see <see cref="IDialer.DialAsync"/>, no way from the clear dialogue to TLS, or the port has wasted all the time it may.
    /// </exception>
    public static async Task<Connection> OpenAsync(ProbeContext context, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var connection = await DialAsync(context, endpoint, cancellationToken);
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

    /// <summary>In clear, at the cost of the port's <see cref="Forbearance"/>.</summary>
    /// <exception cref="UnableException">See <see cref="OpenAsync"/>.</exception>
    public static async Task<Connection> DialAsync(ProbeContext context, Endpoint endpoint, CancellationToken cancellationToken)
    {
        var forbearance = await Forbearance.OfAsync(endpoint, context, cancellationToken);
        if (forbearance.IsExhausted)
        {
            throw Forbearance.Explain(endpoint);
        }

        var started = context.Clock.GetTimestamp();
        Connection connection;
        try
        {
            connection = await context.Dialer.DialAsync(endpoint, cancellationToken);
        }
        catch (UnableException unable) when (unable.Kind == FailureKind.TimedOut)
        {
            // Some of it may have been a wait for a free place, but never more than the dialer's own patience.
            var waited = context.Clock.GetElapsedTime(started);
            forbearance.Waste(waited < LongestConnect ? waited : LongestConnect);
            throw;
        }

        if (forbearance.IsExhausted)
        {
            await connection.DisposeAsync();
            throw Forbearance.Explain(endpoint);
        }

        return new Connection(new WatchedStream(connection.Stream, forbearance, context.Clock), connection.RemoteAddress, () => _ = connection.DisposeAsync().AsTask());
    }
}
