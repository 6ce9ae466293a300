using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What a server needs of a client's messages.</summary>
/// <param name="Random">32 bytes.</param>
/// <param name="Suites">As offered.</param>
internal sealed record TlcpHello(byte[] Random, IReadOnlyList<ushort> Suites)
{
    private const int RandomSize = 32;

    /// <summary>Extensions are passed over.</summary>
    /// <exception cref="TlcpRefusalException">Does not add up, or another version.</exception>
    public static TlcpHello Read(ReadOnlySpan<byte> body)
    {
        if (body.Length < 2 + RandomSize + 1 || ((body[0] << 8) | body[1]) != TlcpSuite.WireVersion)
        {
            throw new TlcpRefusalException(70);
        }

        var random = body.Slice(2, RandomSize).ToArray();
        var rest = body[(2 + RandomSize)..];
        rest = Cut(rest, 1 + rest[0]);
        var count = rest.Length < 2 ? 0 : (rest[0] << 8) | rest[1];
        var list = Take(rest, 2, count);
        var suites = new List<ushort>();
        for (var i = 0; i + 1 < list.Length; i += 2)
        {
            suites.Add((ushort)((list[i] << 8) | list[i + 1]));
        }

        return new TlcpHello(random, suites);
    }

    /// <summary>The list of a Certificate message.</summary>
    public static IReadOnlyList<byte[]> Certificates(ReadOnlySpan<byte> body)
    {
        var found = new List<byte[]>();
        for (var rest = Cut(body, 3); !rest.IsEmpty;)
        {
            var length = rest.Length < 3 ? int.MaxValue : (rest[0] << 16) | (rest[1] << 8) | rest[2];
            found.Add(Take(rest, 3, length).ToArray());
            rest = rest[(3 + length)..];
        }

        return found;
    }

    /// <exception cref="TlcpRefusalException">No SM2 certificate.</exception>
    public static Sm2PublicKey KeyOf(byte[] certificate)
    {
        try
        {
            DerGuard.Check(certificate, DerLimits.Certificate);
            using var loaded = X509CertificateLoader.LoadCertificate(certificate);
            return Sm2PublicKey.ImportSpki(loaded.PublicKey.ExportSubjectPublicKeyInfo());
        }
        catch (CryptographicException)
        {
            throw new TlcpRefusalException(42);
        }
    }

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes, int count) => count <= bytes.Length ? bytes[count..] : throw new TlcpRefusalException(50);

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, int from, int count) =>
        count <= bytes.Length - from ? bytes.Slice(from, count) : throw new TlcpRefusalException(50);
}
