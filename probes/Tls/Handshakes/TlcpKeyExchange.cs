using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// What a TLCP server's plaintext flight proves: the two certificates, and the signature in ServerKeyExchange that binds them to this
/// connection (GB/T 38636-2020 §6.4.5.3, §6.4.5.4).
/// </summary>
internal sealed record TlcpKeyExchange
{
    private const byte NamedCurve = 3;

    /// <summary>In the order sent.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; }

    /// <summary>Position of the certificate whose key signed; null where no signature verified.</summary>
    public int? SignerPosition { get; init; }

    /// <summary>Position of the certificate to encrypt for: the other one; null where only one certificate came.</summary>
    public int? EncryptionPosition { get; init; }

    /// <summary>Null where the flight holds no ServerKeyExchange.</summary>
    public SignatureProof? Signature { get; init; }

    /// <summary>The server's ephemeral point of an ECDHE suite, 04 || X || Y.</summary>
    public byte[]? EphemeralPoint { get; init; }

    public required bool ClientCertificateRequested { get; init; }

    /// <summary>The key to encrypt the premaster for; null where there is none of SM2.</summary>
    public Sm2PublicKey? EncryptionKey => Certificates.Count == 0 ? null : CertificateKey.Sm2(Certificates[EncryptionPosition ?? 0]);

    /// <param name="flight">As received.</param>
    /// <param name="clientRandom">32 bytes of the hello it answers.</param>
    /// <exception cref="MalformedFlightException">A message of the flight does not add up.</exception>
    public static TlcpKeyExchange Read(ServerFlight flight, ReadOnlySpan<byte> clientRandom)
    {
        var certificates = flight.Certificates() ?? [];
        var read = new TlcpKeyExchange
        {
            Certificates = certificates,
            ClientCertificateRequested = flight.Body(HandshakeType.CertificateRequest) is not null,
            EncryptionPosition = HasPair(certificates) ? 1 : null,
        };
        return flight.Body(HandshakeType.ServerKeyExchange) is { } body ? read.Check(body, flight.Hello, clientRandom) : read;
    }

    private TlcpKeyExchange Check(ReadOnlyMemory<byte> body, ServerHello hello, ReadOnlySpan<byte> clientRandom)
    {
        if (TlcpSuite.Find(hello.Suite) is not { } suite)
        {
            return this with { Signature = SignatureProof.NotChecked };
        }

        var reader = new WireReader(body.Span);
        byte[]? point = null;
        if (suite.IsEphemeral)
        {
            if (reader.Byte() != NamedCurve)
            {
                throw new MalformedFlightException("ServerKeyExchange 的曲线不是按名称给出的");
            }

            reader.UInt16();
            point = reader.Vector(1).ToArray();
        }

        var parameters = body.Span[..(body.Length - reader.Left)];
        var signature = reader.Vector(2);
        return point is null
            ? CheckEcc(clientRandom, hello.Random.Span, signature)
            : (this with { EphemeralPoint = point }).CheckEcdhe(SignedContent.TlcpEcdhe(clientRandom, hello.Random.Span, parameters), signature);
    }

    /// <summary>Position 0 signs and position 1 encrypts; some servers send them the other way round, or one certificate for both.</summary>
    private TlcpKeyExchange CheckEcc(ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom, ReadOnlySpan<byte> signature)
    {
        var proof = SignatureProof.NotChecked;
        foreach (var (signer, encryption) in EncryptionPosition is null ? [(0, 0)] : new[] { (0, 1), (1, 0), (0, 0) })
        {
            if (signer >= Certificates.Count || CertificateKey.Sm2(Certificates[signer]) is not { } key)
            {
                continue;
            }

            var content = SignedContent.TlcpEcc(clientRandom, serverRandom, Certificates[encryption].Span);
            proof = SignatureProof.OfSm2(key, content, signature, Sm2Identification.Default);
            if (proof.IsValid)
            {
                return this with { Signature = proof, SignerPosition = signer, EncryptionPosition = EncryptionPosition is null ? null : encryption };
            }
        }

        return this with { Signature = proof };
    }

    private TlcpKeyExchange CheckEcdhe(byte[] content, ReadOnlySpan<byte> signature)
    {
        var proof = SignatureProof.NotChecked;
        for (var position = 0; position < Math.Min(2, Certificates.Count); position++)
        {
            if (CertificateKey.Sm2(Certificates[position]) is { } key)
            {
                proof = SignatureProof.OfSm2(key, content, signature, Sm2Identification.Default);
                if (proof.IsValid)
                {
                    return this with { Signature = proof, SignerPosition = position, EncryptionPosition = EncryptionPosition is null ? null : 1 - position };
                }
            }
        }

        return this with { Signature = proof };
    }

    /// <summary>A second certificate that is a CA's belongs to the chain of a single one.</summary>
    public static bool HasPair(IReadOnlyList<ReadOnlyMemory<byte>> certificates) =>
        certificates.Count > 1 && CertificateReader.Read(certificates[1], 1).IsCa is not { IsKnown: true, Value: true };
}
