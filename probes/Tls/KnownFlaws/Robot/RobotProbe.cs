using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Sends five kinds of secrets in two flows, and those that were answered differently twice more.</summary>
public sealed class RobotProbe : ClassicProbe<DecryptionOracle>
{
    private const int Repetitions = 2;

    private static readonly ushort[] Suites = [0x009C, 0x002F, 0x0035, 0x009D, 0x003C, 0x003D, 0x000A, 0x0041, 0x0084, 0x0096, 0x0005, 0x0004, 0xC09C, 0xC09D, 0xC0A0, 0xC0A1];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "tls.robot",
        Pillar = Pillar.Tls,
        Title = "ROBOT（RSA 解密预言机）",
        Question = "RSA 密钥交换里填充对与错，服务器的应答看得出分别吗？",
        Needs = typeof(Endpoint),
        Observes = typeof(DecryptionOracle),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Intrusive,
        Timeout = TimeSpan.FromSeconds(90),
        Connections = 32,
        Version = "1",
    };

    private protected override ProbeOutcome? ConcludeFrom(ClassicPort port, SuiteSurvey suites) =>
        suites.HasNone(static suite => suite.IsStaticRsa)
            ? new NotNeeded("套件已经枚举完整，没有 RSA 密钥交换，没有可供试探的解密")
            : null;

    private protected override async Task<ProbeOutcome> ObserveAsync(ClassicPort port, CancellationToken cancellationToken)
    {
        var offer = new ClassicOffer
        {
            Label = "static RSA",
            Version = port.Version.Wire,
            StopsAtFlight = true,
            Suites = [.. Suites.Where(s => port.Version == ProtocolVersion.Tls12 || ClassicSuite.Find(s) is null or { IsOld: true })],
        };
        var first = await port.Client.OnceAsync(offer, cancellationToken);
        if (first.Flight is not { IsWhole: true } flight)
        {
            return first.Stopped is Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity }
                ? new NotNeeded("端口不提供 RSA 密钥交换，没有可供试探的解密")
                : throw new UnableException(FailureKind.BadInput, $"{port.Endpoint.Authority} 是否提供 RSA 密钥交换没有断定：{first.Stopped?.Describe()}");
        }

        using var rsa = KeyOf(port, flight);
        var inquiry = new OracleInquiry(port, offer, rsa.ExportParameters(includePrivateParameters: false), isFull => LimitAfter(first.Exchange.Elapsed, isFull));
        foreach (var isFull in new[] { true, false })
        {
            await inquiry.AskAsync(isFull, cancellationToken);
            if (inquiry.Differs)
            {
                await inquiry.RepeatAsync(isFull, Repetitions, cancellationToken);
                return Saw(port, Found(port, inquiry, isFull), first.Exchange);
            }

            inquiry.Keep();
        }

        if (inquiry.WasRefused || !inquiry.WasLeft)
        {
            return Saw(port, Nothing(port, inquiry, inquiry.WasRefused), first.Exchange);
        }

        var control = await port.Client.OnceAsync(port.InOrder(flight.Hello.Suite), cancellationToken);
        var usesRsa = control.Flight is { } found && ClassicSuite.Find(found.Hello.Suite) is { KeyExchange: ClassicKeyExchange.Rsa };
        return Saw(port, Nothing(port, inquiry, usesRsa && control.Reach == HandshakeReach.Finished), first.Exchange, control.Exchange);
    }

    /// <summary>
    /// Long enough for an alert to come from as far away as the first handshake was. In the short flow sound servers go on waiting for the
    /// rest, so that waiting for them is not worth as much.
    /// </summary>
    private static TimeSpan LimitAfter(TimeSpan handshake, bool isFull) =>
        TimeSpan.FromMilliseconds(Math.Clamp(4 * handshake.TotalMilliseconds, isFull ? 4000 : 2000, 6000));

    private static RSA KeyOf(ClassicPort port, ServerFlight flight)
    {
        try
        {
            return ClassicPremaster.RsaKey(flight);
        }
        catch (MalformedFlightException malformed)
        {
            throw new UnableException(FailureKind.BadInput, $"{port.Endpoint.Authority}：{malformed.Message}");
        }
    }

    private static DecryptionOracle Found(ClassicPort port, OracleInquiry inquiry, bool isFull) => new()
    {
        Version = port.Version.Name,
        Oracle = inquiry.IsSteady ? true : default(Fact<bool>),
        Strength = inquiry.IsSteady ? new Fact<string?>(inquiry.IsWeak ? "weak" : "strong") : default,
        Flow = inquiry.IsSteady ? new Fact<string?>(isFull ? "full" : "short") : default,
        Answers = inquiry.Answers,
    };

    /// <param name="port">Asked.</param>
    /// <param name="inquiry">Whose answers are all the same.</param>
    /// <param name="isSound">The port reads what it is sent: it sends alerts, or completes a handshake with an honest secret.</param>
    private static DecryptionOracle Nothing(ClassicPort port, OracleInquiry inquiry, bool isSound) => new()
    {
        Version = port.Version.Name,
        Oracle = isSound ? false : default(Fact<bool>),
        Strength = isSound ? new Fact<string?>(null) : default,
        Flow = isSound ? new Fact<string?>(null) : default,
        Answers = inquiry.Answers,
    };
}
