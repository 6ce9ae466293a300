using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// With what a server signs TLS 1.3. CertificateVerify stands behind the encryption, so that each scheme costs a handshake: what the server
/// used is taken away until it refuses.
/// </summary>
/// <param name="Schemes">Null where not even the first handshake showed one.</param>
/// <param name="Handshakes">Closed; the one that offered everything first.</param>
internal sealed record Tls13SchemeWalk(GroupEnumeration? Schemes, IReadOnlyList<Tls13Handshake> Handshakes)
{
    /// <summary>A server has a few for each of its keys.</summary>
    private const int Most = 16;

    /// <summary>Of the first handshake, which others have made anyway.</summary>
    private const int Own = 1;

    public IEnumerable<HelloExchange> Exchanges => Handshakes.Skip(Own).Select(h => h.Exchange);

    /// <summary>Asks a port proven to offer TLS 1.3, or hands out what another probe of the run was answered.</summary>
    public static Task<Tls13SchemeWalk> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync($"tls.tls13-schemes|{endpoint.TargetId}", token => RunAsync(endpoint, context, token), cancellationToken);

    private static async Task<Tls13SchemeWalk> RunAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var first = (await Tls13Sighting.OfAnythingAsync(endpoint, context, cancellationToken)).Handshake;
        if (first.Signature is null)
        {
            return new Tls13SchemeWalk(null, [first]);
        }

        // After the walks, whose length tells how much the port may still be asked.
        var keys = await KeyExchangeSurvey.OfAsync(endpoint, context, cancellationToken);
        var dialogue = keys.Suites.Dialogue;
        List<Tls13Handshake> handshakes = [first];
        var left = HelloNumbers.SignatureAlgorithms.Where(s => s != first.Signature.Scheme).ToList();
        var isWhole = false;

        // Only here does a port of TLS 1.3 alone show its second certificate.
        while (handshakes.Count < Most && !dialogue.IsTired && (keys.Classic is null || !ClassicKeyWalk.HasAskedEnough(dialogue.Opened + handshakes.Count)))
        {
            var offer = Tls13Offer.Anything with { Label = $"TLSv1.3 handshake, {left.Count} schemes left", SignatureAlgorithms = [.. left] };
            await using var handshake = await new Tls13Client(context, endpoint).ConnectAsync(offer, cancellationToken);
            handshakes.Add(handshake);
            if (handshake.Signature is not { Scheme: var scheme } || !left.Remove(scheme))
            {
                isWhole = handshake is { Stopped: { } stopped, Hello: null } && GroupEnumeration.IsRefusal(new SettledAnswer(handshake.Exchange with { Reply = stopped }, DoorConfirmed: false));
                break;
            }
        }

        return new Tls13SchemeWalk(
            new GroupEnumeration { Accepted = [.. handshakes.Select(h => h.Signature?.Scheme).OfType<ushort>().Distinct().Order()], IsWhole = isWhole },
            handshakes);
    }
}
