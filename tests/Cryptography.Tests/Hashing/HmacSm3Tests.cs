using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class HmacSm3Tests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Agrees_with_the_library_for_keys_around_the_block_length(int keyLength)
    {
        var random = new SeededBytes(keyLength);
        var key = random.Take(keyLength);
        foreach (var length in new[] { 0, 1, 55, 64, 1000 })
        {
            var data = random.Take(length);
            var mac = new HMac(new SM3Digest());
            mac.Init(new KeyParameter(key));
            mac.BlockUpdate(data, 0, data.Length);
            var expected = new byte[Sm3.HashSizeInBytes];
            mac.DoFinal(expected, 0);

            Assert.Equal(expected, HmacSm3.HashData(key, data));
            Assert.True(HmacSm3.Verify(key, data, expected));
            Assert.False(HmacSm3.Verify(key, data, expected.AsSpan(0, 31)));
            expected[31] ^= 1;
            Assert.False(HmacSm3.Verify(key, data, expected));
        }
    }
}
