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
        Connections = 31,
        Version = "1",
    };

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
        var inquiry = new Inquiry(port, offer, rsa.ExportParameters(includePrivateParameters: false), isFull => LimitAfter(first.Exchange.Elapsed, isFull));
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

        return Saw(port, Nothing(port, inquiry), first.Exchange);
    }

    /// <summary>
    /// Long enough for an alert to come from as far away as the first handshake was. In the short flow sound servers go on waiting for the
    /// rest, so that waiting for them is not worth as much.
    /// </summary>
    private static TimeSpan LimitAfter(TimeSpan handshake, bool isFull) =>
        TimeSpan.FromMilliseconds(Math.Clamp(4 * handshake.TotalMilliseconds, isFull ? 4000 : 1000, isFull ? 6000 : 3000));

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

    private static DecryptionOracle Found(ClassicPort port, Inquiry inquiry, bool isFull) => new()
    {
        Version = port.Version.Name,
        Oracle = inquiry.IsSteady ? true : default(Fact<bool>),
        Strength = inquiry.IsSteady ? new Fact<string?>(inquiry.IsWeak ? "weak" : "strong") : default,
        Flow = inquiry.IsSteady ? new Fact<string?>(isFull ? "full" : "short") : default,
        Answers = inquiry.Answers,
    };

    private static DecryptionOracle Nothing(ClassicPort port, Inquiry inquiry) => new()
    {
        Version = port.Version.Name,
        Oracle = inquiry.WasHeard ? false : default(Fact<bool>),
        Strength = inquiry.WasHeard ? new Fact<string?>(null) : default,
        Flow = inquiry.WasHeard ? new Fact<string?>(null) : default,
        Answers = inquiry.Answers,
    };

    /// <summary>The answers of one port.</summary>
    private sealed class Inquiry(ClassicPort port, ClassicOffer offer, RSAParameters key, Func<bool, TimeSpan> limit)
    {
        private const string Unanswered = "handshake failed";
        private const string Timeout = "timeout";

        private static readonly PaddedSecret[] Kinds = Enum.GetValues<PaddedSecret>();

        private Dictionary<PaddedSecret, List<string>> _heard = [];
        private Dictionary<PaddedSecret, List<string>>? _kept;

        public bool Differs => _heard.Values.Select(v => v[0]).Distinct(StringComparer.Ordinal).Skip(1).Any();

        /// <summary>Each kind was answered every time, and the same way.</summary>
        public bool IsSteady => _heard.Values.All(v => v.Distinct(StringComparer.Ordinal).Count() == 1 && v[0] != Unanswered);

        /// <summary>Only a wholly right block stands out: attacks take far more questions then.</summary>
        public bool IsWeak => _heard[PaddedSecret.WrongStart][0] == _heard[PaddedSecret.ZeroInWrongPlace][0] && _heard[PaddedSecret.WrongStart][0] == _heard[PaddedSecret.NoZero][0];

        /// <summary>The full flow was answered at all: silence everywhere tells nothing.</summary>
        public bool WasHeard { get; private set; }

        public IReadOnlyList<OracleAnswer> Answers =>
            [.. Kinds.Select(k => new OracleAnswer { Secret = PaddedSecrets.NameOf(k), Answer = string.Join(" | ", (_kept ?? _heard)[k].Distinct(StringComparer.Ordinal)) })];

        public async Task AskAsync(bool isFull, CancellationToken cancellationToken)
        {
            _heard = Kinds.ToDictionary(k => k, _ => new List<string>());
            await OnceAsync(isFull, cancellationToken);
        }

        /// <summary>A flow that showed nothing; the answers of the first one are shown.</summary>
        public void Keep()
        {
            WasHeard |= _heard.Values.All(v => v[0] is not (Timeout or Unanswered));
            _kept ??= _heard;
        }

        public async Task RepeatAsync(bool isFull, int times, CancellationToken cancellationToken)
        {
            _kept = null;
            for (var i = 0; i < times; i++)
            {
                await OnceAsync(isFull, cancellationToken);
            }
        }

        private async Task OnceAsync(bool isFull, CancellationToken cancellationToken)
        {
            // One after the other: some servers take one connection at a time, and the wait would look like an answer.
            foreach (var kind in Kinds)
            {
                _heard[kind].Add(await AnswerAsync(kind, isFull, cancellationToken));
            }
        }

        private async Task<string> AnswerAsync(PaddedSecret kind, bool isFull, CancellationToken cancellationToken)
        {
            await using var handshake = await port.Client.ConnectAsync(offer with { Label = $"{kind}" }, cancellationToken);
            if (handshake.Flight is not { IsWhole: true })
            {
                return Unanswered;
            }

            var channel = handshake.Channel!;
            var client = new ClassicClient(port.Context, port.Endpoint) { Limit = limit(isFull) };
            var ending = await client.RunAsync(
                async token =>
                {
                    await SayAsync(channel, handshake.Flight, PaddedSecrets.ClientKeyExchange(kind, key, offer.Version), isFull, token);
                    await channel.ReadRecordAsync(token);
                },
                channel,
                cancellationToken);
            return ending switch
            {
                null => "record",
                Silent => Timeout,
                _ => ending.Describe(),
            };
        }

        private static async Task SayAsync(RecordChannel channel, ServerFlight flight, byte[] body, bool isFull, CancellationToken cancellationToken)
        {
            if (flight.Body(HandshakeType.CertificateRequest) is not null)
            {
                await channel.SendAsync(RecordType.Handshake, new HandshakeMessage((byte)HandshakeType.Certificate, new byte[3]).ToBytes(), cancellationToken);
            }

            await channel.SendAsync(RecordType.Handshake, new HandshakeMessage((byte)HandshakeType.ClientKeyExchange, body).ToBytes(), cancellationToken);
            if (isFull)
            {
                await channel.SendAsync(RecordType.ChangeCipherSpec, new byte[] { 1 }, cancellationToken);

                // As long as a Finished of any suite; nobody can decrypt it, whatever the secret was.
                await channel.SendAsync(RecordType.Handshake, RandomNumberGenerator.GetBytes(64), cancellationToken);
            }
        }
    }
}
