using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Says what handshakes and flights of a TLCP port prove together.</summary>
internal static class TlcpReading
{
    private const int RandomAt = 11;
    private const int RandomSize = 32;

    /// <summary>bad_record_mac, decryption_failed, decrypt_error: what a server says that came to other keys than the client.</summary>
    private static readonly byte[] OtherKeys = [20, 21, 51];

    /// <param name="attempts">At least one; the last came furthest or is as good as any.</param>
    /// <param name="surveyed">Exchanges in which the server selected TLCP before.</param>
    public static TlcpProof Describe(IReadOnlyList<TlcpHandshake> attempts, IReadOnlyList<HelloExchange> surveyed)
    {
        var best = attempts.MaxBy(a => a.Reach)!;
        var keyExchange = best.KeyExchange ?? OfSurvey(surveyed);
        var suite = (best.Flight ?? Flight(surveyed))?.Hello.Suite;
        var alert = (best.Stopped as Alerted)?.Alert;
        var read = new TlcpProof
        {
            Reached = best.Reach == HandshakeReach.Nothing && keyExchange is not null ? HandshakeReach.ServerFlight : best.Reach,
            Suite = suite is { } id ? $"0x{id:X4}" : default(Fact<string>),
            SuiteName = suite is { } named ? CipherSuites.NameOf(named) : default(Fact<string>),
            EccSuites = EccSuites(best, suite),
            KeyOwned = KeyOwned(best),
            Alert = alert?.Name,
            AlertNumber = alert?.Description,
            Connections = attempts.Count,
            Note = Note(best) + (best.Reach < HandshakeReach.ServerHello ? "；以下内容取自版本探测时的应答" : ""),
        };
        return keyExchange is null ? read : Describe(read, keyExchange, best);
    }

    private static TlcpProof Describe(TlcpProof read, TlcpKeyExchange keyExchange, TlcpHandshake best) => read with
    {
        CertificatesSent = keyExchange.Certificates.Count,
        DoubleCertificate = keyExchange.EncryptionPosition is not null && !keyExchange.Certificates[0].Span.SequenceEqual(keyExchange.Certificates[1].Span),
        SignatureValid = keyExchange.Signature?.Holds ?? default,
        SignatureUserId = keyExchange.Signature is { Outcome: not SignatureOutcome.NotChecked } proof ? new Fact<string?>(proof.UserId) : default,
        SignerPosition = keyExchange.Signature is { Outcome: not SignatureOutcome.NotChecked } ? new Fact<int?>(keyExchange.SignerPosition) : default,
        ClientCertificateRequested = keyExchange.ClientCertificateRequested,
        ClientCertificateRequired = Required(keyExchange, best),
    };

    /// <summary>True after a selection; false where the server selects only what ECC alone does not contain.</summary>
    private static Fact<bool> EccSuites(TlcpHandshake best, ushort? surveyed) => best switch
    {
        { Suite.IsEphemeral: false } => true,
        { Reach: HandshakeReach.Nothing, Stopped: Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity } } when surveyed is not null => false,
        _ => default(Fact<bool>),
    };

    private static Fact<bool> KeyOwned(TlcpHandshake best) => best switch
    {
        { Reach: HandshakeReach.Finished } => true,
        { Reach: HandshakeReach.ServerFlight, Stopped: Alerted { Alert.Description: var alert } } when Array.IndexOf(OtherKeys, alert) >= 0 => false,
        { Reach: HandshakeReach.ServerFlight, Stopped: Malformed, KeyExchange.EncryptionKey: not null } => false,
        _ => default(Fact<bool>),
    };

    private static Fact<bool> Required(TlcpKeyExchange keyExchange, TlcpHandshake best) => best switch
    {
        _ when !keyExchange.ClientCertificateRequested => false,
        { Reach: HandshakeReach.Finished } => false,
        { Reach: HandshakeReach.ServerFlight, Stopped: Alerted or Closed } => true,
        _ => default(Fact<bool>),
    };

    public static string Note(TlcpHandshake best) => best.Reach switch
    {
        HandshakeReach.Finished => "握手完成：双方算出同样的密钥，服务器持有所出示证书的私钥",
        HandshakeReach.ServerFlight when best.KeyExchange!.ClientCertificateRequested => $"服务器要求客户端证书，没有证书的握手停在密钥交换之后（{Why(best)}）；证书与签名已读到",
        HandshakeReach.ServerFlight => $"证书与签名已读到，握手停在密钥交换之后（{Why(best)}）",
        HandshakeReach.ServerHello => $"服务器选定了套件，握手没有继续（{Why(best)}）",
        _ => $"只提供 ECC 套件的握手被拒绝（{Why(best)}）",
    };

    public static string Why(TlcpHandshake best) => best.Stopped switch
    {
        Alerted { Alert: var alert } => $"告警 {alert.Name}",
        Closed => "对方断开",
        Silent => "限定时间内没有应答",
        Malformed malformed => malformed.Why,
        Unreached unreached => unreached.Message,
        _ => "没有应答",
    };

    private static ServerFlight? Flight(IReadOnlyList<HelloExchange> surveyed) =>
        surveyed.Select(e => e.Reply).OfType<Selected>().Select(s => s.Flight).OrderByDescending(f => f.IsWhole).FirstOrDefault();

    /// <summary>Null where no flight is whole and adds up.</summary>
    public static TlcpKeyExchange? OfSurvey(IReadOnlyList<HelloExchange> surveyed)
    {
        foreach (var exchange in surveyed)
        {
            if (exchange.Reply is Selected { Flight: { IsWhole: true } flight } && exchange.Sent.Length >= RandomAt + RandomSize)
            {
                try
                {
                    return TlcpKeyExchange.Read(flight, exchange.Sent.Span.Slice(RandomAt, RandomSize));
                }
                catch (MalformedFlightException)
                {
                    // The next one may add up.
                }
            }
        }

        return null;
    }
}
