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

        // Only so does a port show the certificate of another kind of key, if it has one; that of SM2 is asked for on its own.
        var (isWhole, asked) = (false, left.Where(s => s != SignatureSchemes.Sm2 && SignatureSchemes.KeyOf(s) != SignatureSchemes.KeyOf(first.Signature.Scheme)).ToList());
        while (handshakes.Count < Most && !dialogue.IsTired)
        {
            var offer = Tls13Offer.Anything with { Label = $"TLSv1.3 handshake, {asked.Count} schemes left", SignatureAlgorithms = [.. asked] };
            await using var handshake = await new Tls13Client(context, endpoint).ConnectAsync(offer, cancellationToken);
            handshakes.Add(handshake);
            var isEnd = handshake.Signature is not { Scheme: var scheme } || !left.Remove(scheme);
            if (isEnd && ReferenceEquals(asked, left))
            {
                isWhole = handshake is { Stopped: { } stopped, Hello: null } && GroupEnumeration.IsRefusal(new SettledAnswer(handshake.Exchange with { Reply = stopped }, DoorConfirmed: false));
                break;
            }

            if (keys.Classic is not null && ClassicKeyWalk.HasAskedEnough(dialogue.Opened + handshakes.Count))
            {
                break;
            }

            asked = left;
        }

        return new Tls13SchemeWalk(
            new GroupEnumeration { Accepted = [.. handshakes.Select(h => h.Signature?.Scheme).OfType<ushort>().Distinct().Order()], IsWhole = isWhole },
            handshakes);
    }
}
