using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a completed, settled and closed TLS 1.3 handshake showed; shared by the probes that read it.</summary>
/// <param name="Handshake">Its stream is closed.</param>
/// <param name="Afterwards">What ended the connection behind the handshake; null where the server was content.</param>
/// <param name="Exchanges">Every connection it took.</param>
internal sealed record Tls13Sighting(Tls13Handshake Handshake, HelloReply? Afterwards, IReadOnlyList<HelloExchange> Exchanges)
{
    /// <summary>Tickets and late alerts come at once where they come.</summary>
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMilliseconds(700);

    /// <summary>The handshake asked for a stapled answer, so that none means none.</summary>
    public bool AskedForStaple => Exchanges.Count == 1;

    public IReadOnlyList<ReadOnlyMemory<byte>>? Certificates => Handshake.Certificates is { } sent ? [.. sent.Select(c => c.Der)] : null;

    /// <summary>A handshake that excludes no server this client can complete with.</summary>
    public static Task<Tls13Sighting> OfAnythingAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        OfAsync("anything", Tls13Offer.Anything with { AsksForTickets = true, AsksForStaple = true }, endpoint, context, cancellationToken);

    /// <summary>A handshake with an SM suite, curveSM2 and an SM2 signature, nothing else being offered (RFC 8998).</summary>
    public static Task<Tls13Sighting> OfSmAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        OfAsync("sm", Tls13Offer.SmOnly, endpoint, context, cancellationToken);

    /// <summary>As <see cref="OfAnythingAsync"/> without the SM suites: what an international browser gets.</summary>
    public static Task<Tls13Sighting> OfInternationalAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        OfAsync("international", Tls13Offer.International, endpoint, context, cancellationToken);

    /// <summary>
    /// Completes a handshake; once more after a pause where the door was closed, and once more with the share the server asked for where
    /// it stumbled over its own HelloRetryRequest.
    /// </summary>
    public static async Task<(Tls13Handshake Handshake, IReadOnlyList<HelloExchange> Exchanges)> ConnectAsync(
        Tls13Offer offer, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var client = new Tls13Client(context, endpoint);
        var handshake = await client.ConnectAsync(offer, cancellationToken);
        List<HelloExchange> exchanges = [handshake.Exchange];
        if (handshake is { Stopped: Closed or Unreached, Hello: null, RetryRequest: null })
        {
            // Some servers drop a hello for its status_request; a limiter is content with the pause.
            await handshake.DisposeAsync();
            await ClosedDoor.PauseAsync(endpoint, context, cancellationToken);
            offer = offer with { AsksForStaple = false };
            handshake = await client.ConnectAsync(offer, cancellationToken);
            exchanges.Add(handshake.Exchange);
        }

        if (handshake is { Stopped: not null, Hello: null, RetryRequest.SelectedGroup: { } wanted } && offer.Groups.Contains(wanted))
        {
            await handshake.DisposeAsync();
            await ClosedDoor.PauseAsync(endpoint, context, cancellationToken);
            handshake = await client.ConnectAsync(offer with { SharedGroups = [wanted], Label = $"{offer.Label} other share" }, cancellationToken);
            exchanges.Add(handshake.Exchange);
        }

        return (handshake, exchanges);
    }

    private static Task<Tls13Sighting> OfAsync(string which, Tls13Offer offer, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync($"tls.tls13-handshake.{which}|{endpoint.TargetId}", token => SeeAsync(offer, endpoint, context, token), cancellationToken);

    private static async Task<Tls13Sighting> SeeAsync(Tls13Offer offer, Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var (handshake, exchanges) = await ConnectAsync(offer, endpoint, context, cancellationToken);
        await using (handshake)
        {
            var settles = offer.AsksForTickets || handshake.CertificateRequest is not null;
            var afterwards = settles ? await handshake.SettleAsync(SettleLimit, cancellationToken) : handshake.Stopped;
            return new Tls13Sighting(handshake, afterwards, exchanges);
        }
    }
}
