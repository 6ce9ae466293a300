using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The answers of one port.</summary>
internal sealed class OracleInquiry(ClassicPort port, ClassicOffer offer, RSAParameters key, Func<bool, TimeSpan> limit)
{
    private const string Unanswered = "handshake failed";
    private const string Timeout = "timeout";
    private const string Alert = "alert ";
    private const string Broken = "malformed";

    private static readonly PaddedSecret[] Kinds = Enum.GetValues<PaddedSecret>();

    private Dictionary<PaddedSecret, List<string>> _heard = [];
    private Dictionary<PaddedSecret, List<string>>? _kept;

    public bool Differs => _heard.Values.Select(v => v[0]).Distinct(StringComparer.Ordinal).Skip(1).Any();

    /// <summary>Each kind was answered every time, and the same way.</summary>
    public bool IsSteady => _heard.Values.All(v => v.Distinct(StringComparer.Ordinal).Count() == 1 && v[0] != Unanswered);

    /// <summary>Only a wholly right block stands out: attacks take far more questions then.</summary>
    public bool IsWeak => _heard[PaddedSecret.WrongStart][0] == _heard[PaddedSecret.ZeroInWrongPlace][0] && _heard[PaddedSecret.WrongStart][0] == _heard[PaddedSecret.NoZero][0];

    /// <summary>A flow was answered by alerts all through, which only a server that read the secrets so far sends.</summary>
    public bool WasRefused { get; private set; }

    /// <summary>A flow was answered by leaving, which says something of a server only if it does not leave whatever it is sent.</summary>
    public bool WasLeft { get; private set; }

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
        WasRefused |= _heard.Values.All(v => v[0].StartsWith(Alert, StringComparison.Ordinal));
        WasLeft |= _heard.Values.All(v => v[0] is not (Timeout or Unanswered) && !v[0].StartsWith(Broken, StringComparison.Ordinal));
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
        handshake.AcceptSilence();
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
