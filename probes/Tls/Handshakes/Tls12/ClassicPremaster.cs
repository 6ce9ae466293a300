using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The client's half of a key exchange of TLS 1.0 to 1.2.</summary>
/// <param name="Secret">The premaster secret.</param>
/// <param name="ClientKeyExchange">Body of the message.</param>
internal sealed record ClassicPremaster(byte[] Secret, byte[] ClientKeyExchange)
{
    private const int RsaSecretSize = 48;

    /// <summary>An exponent of 256 bits is as strong as any group this is used with.</summary>
    private const int ExponentSize = 32;

    /// <summary>8192 bits: a larger modulus would let a server spend our time.</summary>
    private const int MaxPrimeSize = 1024;

    private const byte NamedCurve = 3;
    private const ushort CurveSm2 = 41;

    /// <summary>Groups for ECDHE.</summary>
    public static IReadOnlyList<ushort> Groups { get; } = [.. EphemeralKey.Groups.Where(g => g != CurveSm2)];

    /// <param name="suite">Negotiated.</param>
    /// <param name="flight">Of the server, whole.</param>
    /// <param name="offered">client_version of the hello, which the RSA secret repeats (RFC 5246 §7.4.7.1).</param>
    /// <exception cref="MalformedFlightException">The server's half is missing or broken.</exception>
    /// <exception cref="CryptographicException">Its key or share is none.</exception>
    [SuppressMessage("Security", "S5542", Justification = "RFC 5246 §7.4.7.1 leaves no choice of padding")]
    public static ClassicPremaster Create(ClassicSuite suite, ServerFlight flight, ushort offered)
    {
        switch (suite.KeyExchange)
        {
            case ClassicKeyExchange.Rsa:
                using (var key = RsaKey(flight))
                {
                    byte[] secret = [(byte)(offered >> 8), (byte)offered, .. RandomNumberGenerator.GetBytes(RsaSecretSize - 2)];
                    return new ClassicPremaster(secret, Prefixed(2, key.Encrypt(secret, RSAEncryptionPadding.Pkcs1)));
                }

            case ClassicKeyExchange.Ecdhe:
                return Ecdhe(Parameters(flight).Span);
            default:
                return Dhe(Parameters(flight).Span);
        }
    }

    /// <summary>The key of the first certificate.</summary>
    /// <exception cref="MalformedFlightException">No certificate, or none with an RSA key.</exception>
    public static RSA RsaKey(ServerFlight flight)
    {
        if (flight.Certificates() is not [var leaf, ..] || CertificateKey.Spki(leaf) is not { } spki)
        {
            throw new MalformedFlightException("没有可读的服务器证书");
        }

        var key = RSA.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki.Span, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw new MalformedFlightException("选定了 RSA 密钥交换，而服务器证书里不是 RSA 公钥");
        }
    }

    private static ClassicPremaster Ecdhe(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        if (reader.Byte() != NamedCurve)
        {
            throw new MalformedFlightException("ServerKeyExchange 里不是命名曲线");
        }

        var group = reader.UInt16();
        var share = reader.Vector(1);
        if (!Groups.Contains(group))
        {
            throw new MalformedFlightException($"服务器选定了没有提供给它的曲线 {group}");
        }

        using var own = EphemeralKey.Generate(group);
        return new ClassicPremaster(own.Agree(share), Prefixed(1, own.Share));
    }

    private static ClassicPremaster Dhe(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var (prime, generator, share) = (Number(reader.Vector(2)), Number(reader.Vector(2)), Number(reader.Vector(2)));
        if (prime.IsEven || prime <= 3 || prime.GetByteCount(isUnsigned: true) > MaxPrimeSize || share <= 1 || share >= prime)
        {
            throw new MalformedFlightException("ServerKeyExchange 里的 DH 参数不能用");
        }

        var exponent = Number(RandomNumberGenerator.GetBytes(ExponentSize));
        var secret = BigInteger.ModPow(share, exponent, prime);

        // Leading zero bytes are stripped (RFC 5246 §8.1.2).
        return new ClassicPremaster(Bytes(secret), Prefixed(2, Bytes(BigInteger.ModPow(generator, exponent, prime))));
    }

    private static ReadOnlyMemory<byte> Parameters(ServerFlight flight) =>
        flight.Body(HandshakeType.ServerKeyExchange) ?? throw new MalformedFlightException("没有 ServerKeyExchange");

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number) => number.ToByteArray(isUnsigned: true, isBigEndian: true);

    private static byte[] Prefixed(int lengthBytes, byte[] content)
    {
        var writer = new WireWriter();
        writer.Vector(lengthBytes, w => w.Bytes(content));
        return writer.ToArray();
    }
}
