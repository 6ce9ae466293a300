using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// JKS and JCEKS: magic, version, entries, and SHA-1 over the passphrase in UTF-16, a fixed phrase and all before it. The passphrase is
/// checked against that digest, and against each key, which may have one of its own. JKS hashes the passphrase once, whatever it protects.
/// </summary>
internal static class JavaKeyStore
{
    public const uint JksMagic = 0xFEEDFEED;
    public const uint JceksMagic = 0xCECECECE;
    private const int DigestBytes = 20;
    private const int ShortestFile = 4 + 4 + 4 + DigestBytes;
    private const int MaxEntries = 2000;
    private const int LongestItem = 1024 * 1024;

    public static KeyContainer? TryRead(ReadOnlyMemory<byte> file, out string? problem)
    {
        if (file.Length < ShortestFile)
        {
            problem = $"密钥库只有 {file.Length} 字节，连版本、条目数和末尾的摘要都放不下";
            return null;
        }

        var isJks = BinaryPrimitives.ReadUInt32BigEndian(file.Span) == JksMagic;
        var cursor = new Cursor(file[..^DigestBytes], 4);
        try
        {
            var version = cursor.Number();
            var count = cursor.Number();
            if (version is < 1 or > 2 || count is < 0 or > MaxEntries)
            {
                throw new InvalidDataException("版本须为 1 或 2，条目数须在 2000 以内");
            }

            var (keys, certificates) = (new List<ReadOnlyMemory<byte>>(), new List<ReadOnlyMemory<byte>>());
            for (var i = 0; i < count; i++)
            {
                Entry(cursor, version, keys, certificates);
            }

            problem = cursor.AtEnd ? null : $"密钥库在偏移 {cursor.Position} 字节处还有没有说明的内容";
            return new KeyContainer
            {
                Format = isJks ? KeyContainerFormat.Jks : KeyContainerFormat.Jceks,
                IsClear = keys.Count > 0 ? false : null,
                HoldsPrivateKey = keys.Count > 0,
                Kdf = isJks ? "SHA-1" : "MD5（PBEWithMD5AndTripleDES）",
                Iterations = isJks ? 1 : null,
                Cipher = isJks ? "SHA-1 密钥流" : "3DES",
                Certificates = certificates,
                Check = new StoreCheck(file, [.. keys.Select(JavaKeyEntry.TryRead).OfType<JavaKeyEntry>()]),
            };
        }
        catch (InvalidDataException strange)
        {
            problem = $"Java 密钥库读到偏移 {cursor.Position} 字节处为止：{strange.Message}";
            return null;
        }
    }

    private static void Entry(Cursor cursor, int version, List<ReadOnlyMemory<byte>> keys, List<ReadOnlyMemory<byte>> certificates)
    {
        var tag = cursor.Number();
        cursor.Text();
        cursor.Skip(8);
        switch (tag)
        {
            case 1:
                keys.Add(cursor.Item(LongestItem));
                for (var left = cursor.Number() is var n && n is >= 0 and <= 100 ? n : throw new InvalidDataException("证书链长度须在 100 以内"); left > 0; left--)
                {
                    Certificate(cursor, version, certificates);
                }

                break;
            case 2:
                Certificate(cursor, version, certificates);
                break;
            default:
                // A sealed object of JCEKS has no length of its own: a serialised Java object, which is not read.
                throw new InvalidDataException($"条目种类 {tag} 不是密钥（1）或证书（2）");
        }
    }

    private static void Certificate(Cursor cursor, int version, List<ReadOnlyMemory<byte>> certificates)
    {
        if (version == 2)
        {
            cursor.Text();
        }

        certificates.Add(cursor.Item(LongestItem));
    }

    /// <summary>The passphrase of the store, or that of one of its keys: either way a key is as good as in clear.</summary>
    private sealed class StoreCheck(ReadOnlyMemory<byte> file, IReadOnlyList<JavaKeyEntry> keys) : IPassphraseCheck
    {
        public long Cost { get; } = 1 + (file.Length / 64) + keys.Sum(k => k.Cost);

        public bool Opens(string passphrase) => OpensStore(passphrase) || keys.Any(k => k.Opens(passphrase));

        private bool OpensStore(string passphrase)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
            hash.AppendData(Encoding.BigEndianUnicode.GetBytes(passphrase));
            hash.AppendData("Mighty Aphrodite"u8);
            hash.AppendData(file.Span[..^DigestBytes]);
            return CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), file.Span[^DigestBytes..]);
        }
    }

    private sealed class Cursor(ReadOnlyMemory<byte> bytes, int start)
    {
        public int Position { get; private set; } = start;

        public bool AtEnd => Position == bytes.Length;

        public int Number() => BinaryPrimitives.ReadInt32BigEndian(Take(4).Span);

        public void Text() => Skip(BinaryPrimitives.ReadUInt16BigEndian(Take(2).Span));

        public void Skip(int count) => Take(count);

        public ReadOnlyMemory<byte> Item(int longest) => Number() is var length && length >= 0 && length <= longest ? Take(length) : throw new InvalidDataException($"长度 {length} 不在 0 到 {longest} 之间");

        private ReadOnlyMemory<byte> Take(int count)
        {
            if (count > bytes.Length - Position)
            {
                throw new InvalidDataException($"还应有 {count} 字节，只剩 {bytes.Length - Position} 字节");
            }

            Position += count;
            return bytes.Slice(Position - count, count);
        }
    }
}

/// <summary>BKS: version, salt, iterations of its MAC, entries. Recognised; its passphrase is not tried.</summary>
internal static class BouncyKeyStore
{
    private const int SaltBytes = 20;

    public static bool IsLikely(ReadOnlySpan<byte> file) =>
        file.Length > 64 && BinaryPrimitives.ReadInt32BigEndian(file) is 1 or 2 && BinaryPrimitives.ReadInt32BigEndian(file[4..]) == SaltBytes
        && BinaryPrimitives.ReadInt32BigEndian(file[(8 + SaltBytes)..]) is > 0 and < 1_000_000;

    public static KeyContainer Read(ReadOnlySpan<byte> file) => new()
    {
        Format = KeyContainerFormat.Bks,
        IsClear = null,
        HoldsPrivateKey = null,
        Kdf = BinaryPrimitives.ReadInt32BigEndian(file) == 1 ? "PKCS12-KDF（SHA-1，校验密钥只有 16 位）" : "PKCS12-KDF（SHA-1）",
        Iterations = BinaryPrimitives.ReadInt32BigEndian(file[(8 + SaltBytes)..]),
        WhyNoTrial = "不尝试 BKS 的口令",
    };
}
