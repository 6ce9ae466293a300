using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The protection of one key of a Java key store, which has a passphrase of its own beside that of the store: JKS hides the key in a stream
/// of SHA-1 digests, JCEKS uses PBEWithMD5AndTripleDES. What a right passphrase opens is looked at and thrown away.
/// </summary>
internal sealed class JavaKeyEntry : IPassphraseCheck
{
    private const string JksOid = "1.3.6.1.4.1.42.2.17.1.1";
    private const string JceksOid = "1.3.6.1.4.1.42.2.19.1";
    private const int DigestBytes = 20;
    private const int MostIterations = 300_000;

    private readonly bool _isJks;
    private readonly byte[] _salt;
    private readonly int _iterations;
    private readonly byte[] _content;

    private JavaKeyEntry(bool isJks, byte[] salt, int iterations, byte[] content) => (_isJks, _salt, _iterations, _content) = (isJks, salt, iterations, content);

    public long Cost => _isJks ? 2 + (_content.Length / DigestBytes * 2) : (2L * _iterations) + 1;

    /// <summary>Null where the entry is protected by something else, or by more iterations than are tried.</summary>
    public static JavaKeyEntry? TryRead(ReadOnlyMemory<byte> entry)
    {
        try
        {
            var outer = new AsnReader(entry, AsnEncodingRules.BER).ReadSequence();
            var algorithm = outer.ReadSequence();
            var oid = algorithm.ReadObjectIdentifier();
            var content = outer.ReadOctetString();
            switch (oid)
            {
                case JksOid when content.Length > 2 * DigestBytes:
                    return new JavaKeyEntry(isJks: true, content[..DigestBytes], 1, content);
                case JceksOid when content.Length is > 0 and var length && length % 8 == 0:
                    var parameters = algorithm.ReadSequence();
                    var salt = parameters.ReadOctetString();
                    return salt.Length == 8 && parameters.TryReadInt32(out var iterations) && iterations is > 0 and <= MostIterations
                        ? new JavaKeyEntry(isJks: false, salt, iterations, content)
                        : null;
                default:
                    return null;
            }
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    public bool Opens(string passphrase) => _isJks ? OpensJks(passphrase) : OpensJceks(passphrase);

    private bool OpensJks(string passphrase)
    {
        var word = Encoding.BigEndianUnicode.GetBytes(passphrase);
        var hidden = _content.AsSpan(DigestBytes, _content.Length - (2 * DigestBytes));
        var key = new byte[hidden.Length];
        Span<byte> stream = stackalloc byte[DigestBytes];
        _salt.CopyTo(stream);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        for (var at = 0; at < key.Length; at++)
        {
            if (at % DigestBytes == 0)
            {
                hash.AppendData(word);
                hash.AppendData(stream);
                hash.GetHashAndReset(stream);
            }

            key[at] = (byte)(hidden[at] ^ stream[at % DigestBytes]);
        }

        hash.AppendData(word);
        hash.AppendData(key);
        CryptographicOperations.ZeroMemory(key);
        return CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), _content.AsSpan(_content.Length - DigestBytes));
    }

    private bool OpensJceks(string passphrase)
    {
        var word = passphrase.Select(c => (byte)c).ToArray();
        byte[][] halves = [_salt[..4], _salt[4..]];
        if (halves[0].AsSpan().SequenceEqual(halves[1]))
        {
            // As the JDK does it: not the whole half, but its first three bytes in disorder.
            halves[0] = [halves[0][3], halves[0][0], halves[0][1], halves[0][3]];
        }

        var derived = halves.SelectMany(h => Derive(h, word)).ToArray();
#pragma warning disable CA5350, S5547 // The format asks for it; nothing is protected by it here.
        using var cipher = TripleDES.Create();
#pragma warning restore CA5350, S5547
        try
        {
            cipher.Key = derived[..24];
            var key = cipher.DecryptCbc(_content, derived.AsSpan(24, 8));
            var opens = key is [0x30, ..] && IsSequence(key);
            CryptographicOperations.ZeroMemory(key);
            return opens;
        }
        catch (CryptographicException)
        {
            // A wrong padding, or halves of a key that are the same.
            return false;
        }
    }

    private byte[] Derive(byte[] half, byte[] word)
    {
        // The platform's costs more for its call than for its work, and a store of today asks for 400,000 of them a passphrase.
        var hash = new MD5Digest();
        var digest = new byte[hash.GetDigestSize()];
        for (var i = 0; i < _iterations; i++)
        {
            hash.BlockUpdate(i == 0 ? half : digest, 0, i == 0 ? half.Length : digest.Length);
            hash.BlockUpdate(word, 0, word.Length);
            hash.DoFinal(digest, 0);
        }

        return digest;
    }

    private static bool IsSequence(byte[] bytes)
    {
        try
        {
            var reader = new AsnReader(bytes, AsnEncodingRules.DER);
            reader.ReadSequence();
            return !reader.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
