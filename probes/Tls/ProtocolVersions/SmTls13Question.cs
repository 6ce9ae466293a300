using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// "Do you complete TLS 1.3 with SM algorithms alone?" Some libraries accept the SM suites by default in front of an RSA or ECDSA
/// certificate, so the suite proves nothing: this hello also leaves only curveSM2 and SM2 signatures to choose from (RFC 8998 §3.2, §3.3).
/// </summary>
internal static class SmTls13Question
{
    private const ushort CurveSm2 = 41;
    private const ushort Sm2SigSm3 = 0x0708;
    private const int Tries = 2;

    /// <summary>handshake_failure, illegal_parameter, protocol_version, insufficient_security, missing_extension: said by a server that has nothing in common with the hello.</summary>
    private static readonly byte[] Refusals = [40, 47, 70, 71, 109];

    private static readonly ushort[] Suites = [0x00C6, 0x00C7];

    /// <param name="tls13">Whether TLS 1.3 is offered at all; without it the answer follows.</param>
    /// <returns>
    /// True after a selection of an SM suite, false after an alert of <see cref="Refusals"/> or where the port shuts the door on this hello
    /// alone, missing otherwise.
    /// </returns>
    public static async Task<(Fact<bool> Answer, IReadOnlyList<HelloExchange> Exchanges)> AskAsync(
        Endpoint endpoint, ProbeContext context, Fact<bool> tls13, CancellationToken cancellationToken)
    {
        if (tls13 is not { IsKnown: true, Value: true })
        {
            return (tls13, []);
        }

        var answer = await context.Shared.GetAsync(
            $"tls.sm-tls13-question|{endpoint.TargetId}", token => AskOnceAsync(endpoint, context, token), cancellationToken);
        return (answer.Answer, answer.Exchanges);
    }

    private static async Task<SmTls13Answer> AskOnceAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var caller = new HelloCaller(context, endpoint);
        var exchanges = new List<HelloExchange>();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var exchange = await caller.AskAsync("TLSv1.3 SM only", Hello(endpoint), cancellationToken);
            exchanges.Add(exchange);
            switch (exchange.Reply)
            {
                case Selected { Flight.Hello: var hello } when hello.Version == ProtocolVersion.Tls13.Wire && Array.IndexOf(Suites, hello.Suite) >= 0:
                    return new(true, exchanges);
                case Alerted { Alert.Description: var alert } when IsRefusal(alert):
                    return new(false, exchanges);
            }
        }

        return exchanges[^1].Reply is Closed ? await KnockAsync(endpoint, context, exchanges, cancellationToken) : new(default, exchanges);
    }

    /// <summary>Some libraries refuse by closing; which it is, hellos that were answered before tell.</summary>
    private static async Task<SmTls13Answer> KnockAsync(Endpoint endpoint, ProbeContext context, List<HelloExchange> exchanges, CancellationToken cancellationToken)
    {
        var dialogue = await PortDialogue.OfAsync(endpoint, context, cancellationToken);
        var answer = await dialogue.AskAsync(new LabelledHello("TLSv1.3 SM only", Hello(endpoint)), cancellationToken);
        exchanges.Add(answer.Exchange);
        return answer switch
        {
            { DoorConfirmed: true } => new(false, exchanges),
            { Reply: Selected { Flight.Hello: var hello } } when hello.Version == ProtocolVersion.Tls13.Wire && Array.IndexOf(Suites, hello.Suite) >= 0 => new(true, exchanges),
            _ => new(default, exchanges),
        };
    }

    /// <summary>The alert is said by a server that has nothing in common with an offer of SM algorithms alone.</summary>
    public static bool IsRefusal(byte alert) => Array.IndexOf(Refusals, alert) >= 0;

    private static ClientHello Hello(Endpoint endpoint) => new()
    {
        RecordVersion = ProtocolVersion.Tls10.Wire,
        HelloVersion = ProtocolVersion.Tls12.Wire,
        Suites = Suites,
        ServerName = EndpointName.Sni(endpoint),
        Groups = [CurveSm2],
        SignatureAlgorithms = [Sm2SigSm3],
        SupportedVersions = [ProtocolVersion.Tls13.Wire],
        EmptyKeyShare = true,
    };

    private sealed record SmTls13Answer(Fact<bool> Answer, IReadOnlyList<HelloExchange> Exchanges);
}
