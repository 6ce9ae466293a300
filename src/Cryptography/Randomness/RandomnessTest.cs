namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The fifteen tests of GM/T 0005-2021, in the order of its clause 5.</summary>
public enum RandomnessTest
{
    Monobit,
    BlockFrequency,
    Poker,
    Serial,
    Runs,
    RunsDistribution,
    LongestRun,
    BinaryDerivative,
    Autocorrelation,
    MatrixRank,
    CumulativeSums,
    ApproximateEntropy,
    LinearComplexity,
    MaurerUniversal,
    DiscreteFourier,
}

/// <summary>Which of the two values of a test that gives two.</summary>
public enum RandomnessPart
{
    /// <summary>The test gives one value.</summary>
    Whole,

    /// <summary>重叠子序列: first difference.</summary>
    First,

    /// <summary>重叠子序列: second difference.</summary>
    Second,

    /// <summary>块内最大游程: runs of ones.</summary>
    Ones,

    /// <summary>块内最大游程: runs of zeros.</summary>
    Zeros,

    /// <summary>累加和: from the first bit.</summary>
    Forward,

    /// <summary>累加和: from the last bit.</summary>
    Backward,
}

/// <summary>One value that is asked of every sample.</summary>
/// <param name="Test">Which test.</param>
/// <param name="Parameter">Block size, pattern size, distance or number of derivations; null where the test has none or a fixed one.</param>
/// <param name="Part">Which of its values.</param>
public sealed record RandomnessItem(RandomnessTest Test, int? Parameter = null, RandomnessPart Part = RandomnessPart.Whole);
