using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Something that makes a check value of a message.</summary>
/// <param name="Label">For people; <c>{0}</c> stands for the message.</param>
/// <param name="Name">Of the algorithm.</param>
/// <param name="Size">Bytes of a whole value.</param>
internal sealed record CheckAlgorithm(string Label, string Name, int Size, bool IsNational, bool UsesKey, bool IsMac, DigestFunction Compute)
{
    /// <summary>Null where none is used.</summary>
    public TestKey? Key { get; init; }
}

/// <summary>Hashes without a key, and codes with the keys somebody gave.</summary>
internal static class CheckAlgorithms
{
    /// <summary>A MAC may be cut to this many bytes (GB/T 15852.1 allows half a block).</summary>
    private const int ShortestMac = 8;

    /// <summary>Bytes of what is commonly called MD5 of 16 digits.</summary>
    private const int MiddleOfMd5 = 8;

    /// <summary>Those without a key, then those with each of the keys.</summary>
    public static IEnumerable<CheckAlgorithm> Of(int size, IReadOnlyList<TestKey> keys) => [.. Keyless(size), .. keys.SelectMany(k => Keyed(size, k).Select(a => a with { Key = k }))];

    private static IEnumerable<CheckAlgorithm> Keyless(int size)
    {
        foreach (var digest in NamedDigest.All.Where(d => d.Size == size))
        {
            yield return new(digest.Name + "({0})", digest.Name, digest.Size, digest.IsNational, UsesKey: false, IsMac: false, digest.Hash);
            yield return new($"{digest.Name}(十六进制 {digest.Name}({{0}}))", digest.Name, digest.Size, digest.IsNational, UsesKey: false, IsMac: false,
                d => digest.Hash(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest.Hash(d)))));
        }

        foreach (var digest in NamedDigest.All.Where(d => size >= ShortestMac && d.Size > size))
        {
            yield return new($"{digest.Name}({{0}}) 的前 {size} 字节", digest.Name, digest.Size, digest.IsNational, UsesKey: false, IsMac: false, digest.Hash);
        }

        if (size == MiddleOfMd5)
        {
            yield return new("MD5({0}) 的中间 8 字节（“16 位 MD5”）", NamedDigest.Md5.Name, NamedDigest.Md5.Size, IsNational: false, UsesKey: false, IsMac: false, d => NamedDigest.Md5.Hash(d)[4..12]);
        }
    }

    /// <summary>All that one key may be used for.</summary>
    public static IEnumerable<CheckAlgorithm> Keyed(int size, TestKey key)
    {
        foreach (var digest in NamedDigest.All.Where(d => d.Size == size || (size is >= 16 and < 32 && d.Size == 32)))
        {
            yield return new($"HMAC-{digest.Name}({key.Words}, {{0}})", $"HMAC-{digest.Name}", digest.Size, digest.IsNational, UsesKey: true, IsMac: true, d => digest.Mac(key.Bytes, d));
            yield return new($"{digest.Name}({key.Words} ‖ {{0}})", digest.Name, digest.Size, digest.IsNational, UsesKey: true, IsMac: false, d => digest.Hash([.. key.Bytes, .. d]));
            yield return new($"{digest.Name}({{0}} ‖ {key.Words})", digest.Name, digest.Size, digest.IsNational, UsesKey: true, IsMac: false, d => digest.Hash([.. d, .. key.Bytes]));
        }

        if (size is < ShortestMac or > 16)
        {
            yield break;
        }

        if (key.Bytes.Length == 16)
        {
            DigestFunction chain = blocks => Sm4.EncryptCbc(key.Bytes, new byte[16], blocks)[(blocks.Length - 16)..blocks.Length];
            foreach (var (words, function) in BlockMacs(chain))
            {
                yield return new($"SM4-{words}({key.Words}, {{0}})", $"SM4-{words}", 16, IsNational: true, UsesKey: true, IsMac: true, function);
            }
        }

        if (key.Bytes.Length is 16 or 24 or 32)
        {
            foreach (var (words, function) in BlockMacs(blocks => AesChain(key.Bytes, blocks)))
            {
                yield return new($"AES-{words}({key.Words}, {{0}})", $"AES-{words}", 16, IsNational: false, UsesKey: true, IsMac: true, function);
            }
        }
    }

    /// <summary>GB/T 15852.1-2020: CBC-MAC under its paddings, and CMAC.</summary>
    /// <param name="chain">The last block of CBC from a zero vector, over whole blocks.</param>
    private static IEnumerable<(string Words, DigestFunction Function)> BlockMacs(DigestFunction chain)
    {
        yield return ("CBC-MAC（补零）", d => chain(Padded(d, [], whole: d.Length > 0 && d.Length % 16 == 0)));
        yield return ("CBC-MAC（补 0x80）", d => chain(Padded(d, [0x80], whole: false)));
        yield return ("CBC-MAC（PKCS#7 填充）", d => chain([.. d, .. Enumerable.Repeat((byte)(16 - (d.Length % 16)), 16 - (d.Length % 16))]));
        yield return ("CMAC", d => Cmac(chain, d));
    }

    private static byte[] Padded(ReadOnlySpan<byte> data, ReadOnlySpan<byte> mark, bool whole)
    {
        var length = data.Length + mark.Length;
        var padded = new byte[whole ? length : Math.Max(16, (length + 15) / 16 * 16)];
        data.CopyTo(padded);
        mark.CopyTo(padded.AsSpan(data.Length));
        return padded;
    }

    /// <summary>NIST SP 800-38B, GB/T 15852.1 algorithm 5.</summary>
    private static byte[] Cmac(DigestFunction chain, ReadOnlySpan<byte> data)
    {
        var whole = data.Length > 0 && data.Length % 16 == 0;
        var subkey = Doubled(chain(new byte[16]));
        if (!whole)
        {
            subkey = Doubled(subkey);
        }

        var padded = Padded(data, whole ? [] : [0x80], whole);
        for (var i = 0; i < 16; i++)
        {
            padded[padded.Length - 16 + i] ^= subkey[i];
        }

        return chain(padded);
    }

    private static byte[] Doubled(byte[] block)
    {
        var doubled = new byte[16];
        for (var i = 0; i < 16; i++)
        {
            doubled[i] = (byte)((block[i] << 1) | (i < 15 ? block[i + 1] >> 7 : 0));
        }

        doubled[15] ^= (byte)((block[0] >> 7) * 0x87);
        return doubled;
    }

    private static byte[] AesChain(byte[] key, ReadOnlySpan<byte> blocks)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptCbc(blocks, new byte[16], PaddingMode.None)[^16..];
    }
}
