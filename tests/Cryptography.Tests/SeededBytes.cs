namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>A repeatable stream of numbers: SM3 over a seed and a counter.</summary>
internal sealed class SeededBytes(int seed)
{
    private long _counter;

    public byte[] Take(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i += Sm3.HashSizeInBytes)
        {
            var part = Sm3.HashData([.. BitConverter.GetBytes(seed), .. BitConverter.GetBytes(_counter++)]);
            part.AsSpan(0, Math.Min(part.Length, length - i)).CopyTo(bytes.AsSpan(i));
        }

        return bytes;
    }

    /// <summary>A number in [0, bound).</summary>
    public int Below(int bound) => (int)(BitConverter.ToUInt32(Take(sizeof(uint))) % (uint)bound);
}
