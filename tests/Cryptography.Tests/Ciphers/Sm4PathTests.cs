using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Every code path against the library, at every number of blocks that touches its edges.</summary>
public sealed class Sm4PathTests
{
    private static readonly int[] BlockCounts = [.. Enumerable.Range(0, 70), 95, 96, 97, 255, 256, 257, 258, 511, 513, 1024];

    public static TheoryData<int> Paths => [.. Enum.GetValues<Sm4Path>().Select(static p => (int)p)];

    [SkippableTheory]
    [MemberData(nameof(Paths))]
    public void Ecb_agrees_in_both_directions(int number)
    {
        var path = Require(number);
        var random = new SeededBytes(100);
        foreach (var blocks in BlockCounts)
        {
            var keyBytes = random.Take(16);
            var key = new Sm4Key(keyBytes, path);
            var data = random.Take(16 * blocks);
            var expected = Library(new SM4Engine(), new KeyParameter(keyBytes), data);
            var actual = new byte[data.Length];
            key.EncryptEcb(data, actual);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{path}, {blocks} blocks");
            key.DecryptEcb(actual, actual);
            Assert.True(data.AsSpan().SequenceEqual(actual), $"{path}, {blocks} blocks back in place");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Paths))]
    public void Cbc_agrees_in_both_directions(int number)
    {
        var path = Require(number);
        var random = new SeededBytes(101);
        foreach (var blocks in BlockCounts)
        {
            var (keyBytes, iv, data) = (random.Take(16), random.Take(16), random.Take(16 * blocks));
            var key = new Sm4Key(keyBytes, path);
            var expected = Library(new CbcBlockCipher(new SM4Engine()), new ParametersWithIV(new KeyParameter(keyBytes), iv), data);
            var actual = data.ToArray();
            key.EncryptCbc(iv, actual);
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{path}, {blocks} blocks");
            key.DecryptCbc(iv, actual);
            Assert.True(data.AsSpan().SequenceEqual(actual), $"{path}, {blocks} blocks back");
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Paths))]
    public void Ctr_agrees_at_odd_lengths_and_across_the_overflow_of_the_counter(int number)
    {
        var path = Require(number);
        var random = new SeededBytes(102);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 31, 33, 511, 512, 513, 4095, 4096, 4097, 9000 })
        {
            foreach (var counter in new[] { random.Take(16), Overflowing(4), Overflowing(8), Overflowing(16) })
            {
                var (keyBytes, data) = (random.Take(16), random.Take(length));
                var expected = Counted(keyBytes, counter, data);
                var actual = data.ToArray();
                new Sm4Key(keyBytes, path).TransformCtr(counter, actual);
                Assert.True(expected.AsSpan().SequenceEqual(actual), $"{path}, {length} bytes from {Convert.ToHexString(counter)}");
            }
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        var key = new Sm4Key(new byte[16]);
        Assert.Throws<ArgumentException>(static () => new Sm4Key(new byte[15]));
        Assert.Throws<ArgumentException>(() => key.EncryptEcb(new byte[17], new byte[32]));
        Assert.Throws<ArgumentException>(() => key.DecryptEcb(new byte[32], new byte[31]));
        Assert.Throws<ArgumentException>(() => key.EncryptCbc(new byte[15], new byte[16]));
        Assert.Throws<ArgumentException>(() => key.DecryptCbc(new byte[16], new byte[15]));
        Assert.Throws<ArgumentException>(() => key.TransformCtr(new byte[17], new byte[16]));
    }

    private static Sm4Path Require(int number)
    {
        var path = (Sm4Path)number;
        Skip.IfNot(Sm4Paths.IsSupported(path), $"this processor has no {path}");
        return path;
    }

    private static byte[] Overflowing(int ones) => [.. new byte[16 - ones], .. Enumerable.Repeat((byte)0xff, ones - 1), 0xf0];

    private static byte[] Library(IBlockCipher cipher, ICipherParameters parameters, byte[] data)
    {
        cipher.Init(forEncryption: true, parameters);
        var result = new byte[data.Length];
        for (var i = 0; i < data.Length; i += 16)
        {
            cipher.ProcessBlock(data, i, result, i);
        }

        return result;
    }

    /// <summary>The library's block cipher under a counter of our own making: its own CTR refuses to run over.</summary>
    private static byte[] Counted(byte[] key, byte[] start, byte[] data)
    {
        var number = new System.Numerics.BigInteger(start, isUnsigned: true, isBigEndian: true);
        var counters = new byte[(data.Length + 15) / 16 * 16];
        for (var i = 0; i < counters.Length; i += 16)
        {
            var bytes = ((number + (i / 16)) % (System.Numerics.BigInteger.One << 128)).ToByteArray(isUnsigned: true, isBigEndian: true);
            bytes.CopyTo(counters, i + 16 - bytes.Length);
        }

        var stream = Library(new SM4Engine(), new KeyParameter(key), counters);
        return [.. data.Select((b, i) => (byte)(b ^ stream[i]))];
    }
}
