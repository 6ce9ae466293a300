using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Digests;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm3Tests
{
    [Fact]
    public void Hashes_the_first_example_of_GMT_0004()
    {
        Assert.Equal("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", Hex(Sm3.HashData("abc"u8)));
    }

    [Fact]
    public void Hashes_the_second_example_of_GMT_0004()
    {
        var message = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("abcd", 16)));
        Assert.Equal("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732", Hex(Sm3.HashData(message)));
    }

    [Fact]
    public void Agrees_with_the_library_at_every_short_length()
    {
        var data = RandomNumberGenerator.GetBytes(1024);
        for (var length = 0; length <= data.Length; length++)
        {
            Assert.Equal(Hex(Reference(data.AsSpan(0, length))), Hex(Sm3.HashData(data.AsSpan(0, length))));
        }
    }

    [Fact]
    public void Any_cut_into_pieces_gives_the_same_digest()
    {
        var data = RandomNumberGenerator.GetBytes(300);
        var expected = Hex(Sm3.HashData(data));
        var hash = new Sm3();
        for (var cut = 0; cut <= data.Length; cut++)
        {
            hash.Append(data.AsSpan(0, cut));
            hash.Append(data.AsSpan(cut, (data.Length - cut) / 2));
            hash.Append(data.AsSpan(cut + ((data.Length - cut) / 2)));
            Assert.Equal(expected, Hex(hash.GetHashAndReset()));
        }
    }

    [Fact]
    public void The_current_hash_leaves_the_message_open()
    {
        var hash = new Sm3();
        hash.Append("a"u8);
        Assert.Equal(Hex(Sm3.HashData("a"u8)), Hex(hash.GetCurrentHash()));
        hash.Append("bc"u8);
        Assert.Equal(Hex(Sm3.HashData("abc"u8)), Hex(hash.GetHashAndReset()));
        Assert.Equal(Hex(Sm3.HashData([])), Hex(hash.GetHashAndReset()));
    }

    [Fact]
    public void A_short_destination_is_refused()
    {
        Assert.Throws<ArgumentException>(static () => Sm3.HashData("abc"u8, new byte[31]));
    }

    internal static byte[] Reference(ReadOnlySpan<byte> data)
    {
        var digest = new SM3Digest();
        digest.BlockUpdate(data.ToArray(), 0, data.Length);
        var result = new byte[Sm3.HashSizeInBytes];
        digest.DoFinal(result, 0);
        return result;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
