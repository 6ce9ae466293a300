using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The key derivation function of SM2 (GB/T 32918.3-2016 clause 5.4.3, GB/T 32918.4-2016 clause 5.4.3): SM3(Z || counter) in a row.</summary>
internal static class Sm2KeyDerivation
{
    public static byte[] Derive(ReadOnlySpan<byte> z, int length)
    {
        var input = new byte[z.Length + sizeof(uint)];
        z.CopyTo(input);
        var key = new byte[length];
        var counter = 1u;
        for (var at = 0; at < length; at += Sm3.HashSizeInBytes, counter++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(input.AsSpan(z.Length), counter);
            var block = Sm3.HashData(input);
            block.AsSpan(0, Math.Min(block.Length, length - at)).CopyTo(key.AsSpan(at));
        }

        return key;
    }
}
