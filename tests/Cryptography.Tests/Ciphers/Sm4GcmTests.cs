using System.Numerics;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm4GcmTests
{
    [SkippableFact]
    public void Agrees_with_the_library_at_every_length_that_touches_an_edge_and_on_every_path()
    {
        Skip.IfNot(Sm4Gcm.IsSupported, "this processor has no carry-less multiplication");
        var random = new SeededBytes(110);
        int[] lengths = [.. Enumerable.Range(0, 20), 31, 32, 33, 111, 127, 128, 129, 143, 255, 256, 257, 511, 512, 513, 4096, 5000];
        foreach (var length in lengths)
        {
            foreach (var (nonceLength, associatedLength) in new[] { (12, 0), (12, 20), (1, 16), (16, 129), (60, 5) })
            {
                var (key, nonce) = (random.Take(16), random.Take(nonceLength));
                var (associated, data) = (random.Take(associatedLength), random.Take(length));
                var expected = Library(key, nonce, associated, data);
                foreach (var path in Enum.GetValues<Sm4Path>().Where(Sm4Paths.IsSupported))
                {
                    var actual = Sm4Gcm.Seal(key, nonce, data, associated, path);
                    Assert.True(expected.AsSpan().SequenceEqual([.. actual.Ciphertext, .. actual.Tag]), $"{path}, {length} bytes, nonce of {nonceLength}");
                    Assert.Equal(data, Sm4Gcm.Open(key, nonce, actual.Ciphertext, actual.Tag.AsSpan(0, 12), associated, path));
                }
            }
        }
    }

    /// <summary>A nonce whose first counter block ends in ff ff ff f0 or more, found by trying: the counter then runs over within the data.</summary>
    [SkippableFact]
    public void The_counter_of_32_bits_runs_over_without_touching_the_nonce()
    {
        Skip.IfNot(Sm4Gcm.IsSupported, "this processor has no carry-less multiplication");
        var key = new SeededBytes(111).Take(16);
        var data = new SeededBytes(112).Take(1000);
        var hashKey = CurveNumbers.Number(Sm4.EncryptBlock(key, new byte[16]));

        // J0 = (nonce·H + length)·H of a 16-byte nonce, so nonce = (J0/H + length)/H.
        var wanted = (BigInteger.One << 100) + 0xfffffff8;
        var inverse = Inverse(hashKey);
        var nonce = Bytes(Multiply(Multiply(wanted, inverse) ^ 128, inverse));
        var expected = Library(key, nonce, [], data);
        var actual = Sm4Gcm.Seal(key, nonce, data, [], Sm4Paths.Best);
        Assert.Equal(Counted(key, wanted, data), actual.Ciphertext);
        Assert.Equal<byte>(expected, (byte[])[.. actual.Ciphertext, .. actual.Tag]);
    }

    private static byte[] Library(byte[] key, byte[] nonce, byte[] associated, byte[] data)
    {
        var cipher = new GcmBlockCipher(new SM4Engine());
        cipher.Init(forEncryption: true, new AeadParameters(new KeyParameter(key), 128, nonce, associated));
        var output = new byte[cipher.GetOutputSize(data.Length)];
        var written = cipher.ProcessBytes(data, 0, data.Length, output, 0);
        cipher.DoFinal(output, written);
        return output;
    }

    private static byte[] Counted(byte[] key, BigInteger start, byte[] data)
    {
        var high = (start >> 32) << 32;
        var low = (uint)(start & uint.MaxValue);
        return [.. data.Chunk(16).SelectMany((block, i) =>
        {
            var stream = Sm4.EncryptBlock(key, Bytes(high + unchecked(low + 1u + (uint)i)));
            return block.Select((b, j) => (byte)(b ^ stream[j]));
        })];
    }

    /// <summary>The product in the field of NIST SP 800-38D clause 6.3, bit by bit; the first bit of a block is the highest here.</summary>
    private static BigInteger Multiply(BigInteger x, BigInteger y)
    {
        var (product, power) = (BigInteger.Zero, y);
        for (var bit = 127; bit >= 0; bit--)
        {
            product ^= ((x >> bit) & 1) * power;
            power = (power >> 1) ^ ((power & 1) * (new BigInteger(0xe1) << 120));
        }

        return product;
    }

    /// <summary>x^(2^128 - 2).</summary>
    private static BigInteger Inverse(BigInteger x)
    {
        var (power, result) = (x, BigInteger.One << 127);
        for (var i = 1; i < 128; i++)
        {
            power = Multiply(power, power);
            result = Multiply(result, power);
        }

        return result;
    }

    private static byte[] Bytes(BigInteger number) => CurveNumbers.Bytes(number)[16..];
}
