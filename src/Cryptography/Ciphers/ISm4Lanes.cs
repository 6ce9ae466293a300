namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What <see cref="Sm4Kernel{TLanes, TVector}"/> needs of vectors whose 128-bit parts work alike, each on words of four blocks.</summary>
/// <typeparam name="TVector">One word each of as many blocks.</typeparam>
internal interface ISm4Lanes<TVector>
    where TVector : struct
{
    /// <summary>Length of a vector in bytes.</summary>
    static abstract int Size { get; }

    /// <summary>True when <see cref="Mix"/> is so long that few copies of it fit where the compiler still inlines and registers suffice.</summary>
    static abstract bool IsLong { get; }

    /// <summary>Reads words and reverses the four bytes of each.</summary>
    static abstract TVector Load(ref byte source);

    /// <summary>The reverse of <see cref="Load"/>.</summary>
    static abstract void Store(TVector value, ref byte destination);

    static abstract TVector Broadcast(uint value);

    static abstract TVector Xor(TVector a, TVector b, TVector c);

    /// <summary>x + L(τ(argument + key)) with the S-box and the linear map L of GM/T 0002-2012 clause 6.2.</summary>
    static abstract TVector Mix(TVector x, TVector argument, TVector key);

    static abstract TVector InterleaveLow(TVector a, TVector b);

    static abstract TVector InterleaveHigh(TVector a, TVector b);

    static abstract TVector InterleaveLowPairs(TVector a, TVector b);

    static abstract TVector InterleaveHighPairs(TVector a, TVector b);
}
