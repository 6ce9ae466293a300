namespace SmartCity.SecurityCheck.TestKit;

/// <summary>Repeatable pseudo-random numbers for tests (SplitMix64): the same seed gives the same run on every machine.</summary>
public sealed class SeededBytes(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>0 up to, without, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)(Next() % (uint)bound);

    public byte[] Take(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)Next();
        }

        return bytes;
    }

    /// <summary>A copy with one to eight of: a bit flipped, a byte set, a piece cut, repeated or swapped for noise, the end cut, a length field raised.</summary>
    public byte[] Mutate(ReadOnlySpan<byte> original)
    {
        var mutant = original.ToArray().ToList();
        for (var i = 1 + Below(8); i > 0 && mutant.Count > 0; i--)
        {
            MutateOnce(mutant);
        }

        return [.. mutant];
    }

    private void MutateOnce(List<byte> mutant)
    {
        var at = Below(mutant.Count);
        var length = Math.Min(1 + Below(24), mutant.Count - at);
        switch (Below(8))
        {
            case 0:
                mutant[at] ^= (byte)(1 << Below(8));
                break;
            case 1:
                mutant[at] = (byte)Next();
                break;
            case 2:
                mutant.RemoveRange(at, length);
                break;
            case 3:
                mutant.InsertRange(at, mutant.GetRange(at, length));
                break;
            case 4:
                mutant.RemoveRange(at, length);
                mutant.InsertRange(at, Take(length));
                break;
            case 5:
                mutant.RemoveRange(at, mutant.Count - at);
                break;
            case 6:
                mutant[at] = 0xFF;
                break;
            default:
                mutant.InsertRange(at, Take(length));
                break;
        }
    }
}
