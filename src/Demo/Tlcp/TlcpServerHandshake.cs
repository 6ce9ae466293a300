using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>The server's side of one TLCP handshake (GB/T 38636-2020 §6.4).</summary>
internal sealed class TlcpServerHandshake(TlcpServerOptions options, TlcpSession session)
{
    private const int RandomSize = 32;
    private const int MessageHeader = 4;
    private const int MaxMessage = 64 * 1024;

    private const byte ClientHello = 1;
    private const byte ServerHello = 2;
    private const byte Certificate = 11;
    private const byte ServerKeyExchange = 12;
    private const byte CertificateRequest = 13;
    private const byte ServerHelloDone = 14;
    private const byte CertificateVerify = 15;
    private const byte ClientKeyExchange = 16;
    private const byte Finished = 20;

    private readonly List<byte> _messages = [];
    private readonly List<byte> _pending = [];
    private readonly byte[] _serverRandom = RandomNumberGenerator.GetBytes(RandomSize);
    private byte[] _clientRandom = [];

    private bool AsksForCertificate(TlcpSuite suite) => options.ClientCertificates != ClientCertificates.NotAsked || suite.IsEphemeral;

    private Sm2Credential First => options.Defect == TlcpDefect.SwappedCertificates ? options.Identity.Encryption : options.Identity.Signing;

    private Sm2Credential Second => options.Defect switch
    {
        TlcpDefect.SwappedCertificates or TlcpDefect.SameCertificateTwice or TlcpDefect.SingleCertificate => options.Identity.Signing,
        _ => options.Identity.Encryption,
    };

    /// <summary>The certificate clients are to encrypt for, whatever its place.</summary>
    private Sm2Credential Decrypting => options.Defect == TlcpDefect.SwappedCertificates ? options.Identity.Encryption : Second;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var offered = TlcpHello.Read((await ReadAsync(ClientHello, cancellationToken)).Body);
        _clientRandom = offered.Random;
        var id = options.Suites.FirstOrDefault(offered.Suites.Contains);
        var suite = TlcpSuite.Find(id) ?? throw new TlcpRefusalException(40);
        session.Suite = suite.Id;
        using var ephemeral = Sm2PrivateKey.Generate();
        await SendFlightAsync(suite, ephemeral, cancellationToken);
        var premaster = await ReadAnswerAsync(suite, ephemeral, cancellationToken);
        var keys = new TlcpKeys(suite, premaster, _clientRandom, _serverRandom);
        await FinishAsync(keys, cancellationToken);
    }

    private async Task SendFlightAsync(TlcpSuite suite, Sm2PrivateKey ephemeral, CancellationToken cancellationToken)
    {
        List<byte[]> flight =
        [
            Message(ServerHello, [1, 1, .. _serverRandom, 0, (byte)(suite.Id >> 8), (byte)suite.Id, 0]),
            Message(Certificate, CertificateList()),
            Message(ServerKeyExchange, KeyExchange(suite, ephemeral)),
        ];
        if (AsksForCertificate(suite))
        {
            // rsa_sign and ecdsa_sign, and no authority named.
            flight.Add(Message(CertificateRequest, [2, 1, 64, 0, 0]));
        }

        flight.Add(Message(ServerHelloDone, []));
        flight.ForEach(m => _messages.AddRange(m));
        byte[] all = [.. flight.SelectMany(m => m)];
        IEnumerable<byte[]> records = options.Layout switch
        {
            RecordLayout.OneForAll => all.Chunk(RecordProtection.MaxContent),
            RecordLayout.SevenBytes => all.Chunk(7),
            _ => flight,
        };
        foreach (var record in records)
        {
            await session.SendAsync(TlcpSession.Handshake, record, cancellationToken);
        }
    }

    private byte[] CertificateList()
    {
        List<byte[]> sent = options.Defect == TlcpDefect.SingleCertificate ? [First.Certificate] : [First.Certificate, Second.Certificate];
        sent.AddRange(options.Identity.Chain);
        byte[] list = [.. sent.SelectMany(c => Vector(c))];
        return Vector(list);
    }

    private byte[] KeyExchange(TlcpSuite suite, Sm2PrivateKey ephemeral)
    {
        byte[] parameters = suite.IsEphemeral ? [3, 0, (byte)TlcpSuite.CurveSm2, 65, .. ephemeral.PublicKey.ExportPoint()] : [];
        var random = options.Defect == TlcpDefect.BadSignature ? new byte[RandomSize] : _clientRandom;
        var content = suite.IsEphemeral
            ? SignedContent.TlcpEcdhe(random, _serverRandom, parameters)
            : SignedContent.TlcpEcc(random, _serverRandom, Decrypting.Certificate);
        var id = options.Defect == TlcpDefect.OtherIdentification ? SignedContent.Tls13Sm2UserId.Span : default;
        var signature = options.Identity.Signing.Key.Sign(content, id);
        return [.. parameters, (byte)(signature.Length >> 8), (byte)signature.Length, .. signature];
    }

    private async Task<byte[]> ReadAnswerAsync(TlcpSuite suite, Sm2PrivateKey ephemeral, CancellationToken cancellationToken)
    {
        if (AsksForCertificate(suite))
        {
            session.ClientCertificates = TlcpHello.Certificates((await ReadAsync(Certificate, cancellationToken)).Body);
            if (session.ClientCertificates.Count == 0 && (options.ClientCertificates == ClientCertificates.Required || suite.IsEphemeral))
            {
                throw new TlcpRefusalException(40);
            }
        }

        var exchange = (await ReadAsync(ClientKeyExchange, cancellationToken)).Body;
        if (session.ClientCertificates.Count > 0)
        {
            await CheckClientAsync(cancellationToken);
        }

        try
        {
            return suite.IsEphemeral ? Agree(exchange, ephemeral) : Decrypt(exchange);
        }
        catch (CryptographicException)
        {
            // A random premaster lets the client's Finished fail instead, so that nobody learns which part was wrong (RFC 5246 §7.4.7.1).
            return RandomNumberGenerator.GetBytes(TlcpKeys.PremasterSize);
        }
    }

    private async Task CheckClientAsync(CancellationToken cancellationToken)
    {
        var before = SignedContent.TlcpCertificateVerify([.. _messages]);
        var body = (await ReadAsync(CertificateVerify, cancellationToken)).Body;
        if (body.Length < 2 || !TlcpHello.KeyOf(session.ClientCertificates[0]).Verify(before, body.AsSpan(2)))
        {
            throw new TlcpRefusalException(51);
        }
    }

    private byte[] Decrypt(byte[] exchange)
    {
        using var foreign = Sm2PrivateKey.Generate();
        var key = options.Defect == TlcpDefect.ForeignEncryptionKey ? foreign : Decrypting.Key;
        var premaster = exchange.Length > 2 ? key.Decrypt(exchange.AsSpan(2)) : throw new TlcpRefusalException(50);
        return premaster.Length == TlcpKeys.PremasterSize && premaster[0] == 1 && premaster[1] == 1 ? premaster : throw new CryptographicException("版本不符。");
    }

    /// <summary>Some clients put a length before the parameters, some do not.</summary>
    private byte[] Agree(byte[] exchange, Sm2PrivateKey ephemeral)
    {
        const int pointSize = 65;
        if (exchange.Length < pointSize || session.ClientCertificates.Count < 2)
        {
            throw new TlcpRefusalException(50);
        }

        var peer = TlcpHello.KeyOf(session.ClientCertificates[1]);
        return Sm2KeyExchange.Agree(
            initiator: true, Decrypting.Key, ephemeral, peer, Sm2PublicKey.FromPoint(exchange.AsSpan(exchange.Length - pointSize)), TlcpKeys.PremasterSize);
    }

    private async Task FinishAsync(TlcpKeys keys, CancellationToken cancellationToken)
    {
        var change = await session.ReadRecordAsync(cancellationToken);
        if (change.Type != TlcpSession.ChangeCipherSpec || _pending.Count > 0)
        {
            throw new TlcpRefusalException(10);
        }

        session.Reading = keys.ClientWrites();
        var expected = keys.VerifyData(ofClient: true, [.. _messages]);
        var finished = await ReadAsync(Finished, cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(finished.Body, expected))
        {
            throw new TlcpRefusalException(51);
        }

        await session.SendAsync(TlcpSession.ChangeCipherSpec, new byte[] { 1 }, cancellationToken);
        session.Writing = keys.ServerWrites();
        var verify = keys.VerifyData(ofClient: false, [.. _messages]);
        verify[0] ^= (byte)(options.Defect == TlcpDefect.BadFinished ? 1 : 0);
        await session.SendAsync(TlcpSession.Handshake, Message(Finished, verify), cancellationToken);
    }

    private async Task<(byte Type, byte[] Body)> ReadAsync(byte type, CancellationToken cancellationToken)
    {
        while (PendingLength() is not { } announced || _pending.Count < MessageHeader + announced)
        {
            var record = await session.ReadRecordAsync(cancellationToken);
            if (record.Type != TlcpSession.Handshake || _pending.Count > MaxMessage)
            {
                throw new TlcpRefusalException(10);
            }

            _pending.AddRange(record.Content);
        }

        var message = _pending.GetRange(0, MessageHeader + PendingLength()!.Value);
        _pending.RemoveRange(0, message.Count);
        _messages.AddRange(message);
        return message[0] == type ? (type, [.. message.Skip(MessageHeader)]) : throw new TlcpRefusalException(10);
    }

    /// <summary>Length of the body announced by the message at hand; null before its header is whole.</summary>
    private int? PendingLength() => _pending.Count < MessageHeader ? null : (_pending[1] << 16) | (_pending[2] << 8) | _pending[3];

    private static byte[] Message(byte type, byte[] body) => [type, .. Vector(body)];

    private static byte[] Vector(byte[] content) => [(byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
