using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What one test says of one sample (GM/T 0005-2021).</summary>
/// <param name="P">0–1; the sample passes from the significance level (0.01) on.</param>
/// <param name="Q">0–1; uniform over the samples of a perfect generator.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TestValue(double P, double Q)
{
    /// <summary>Of a test whose statistic is chi-square: P and Q are one.</summary>
    internal static TestValue OneSided(double p) => new(p, p);

    /// <summary>Of a test whose statistic is normal: P from both sides, Q from one.</summary>
    internal static TestValue TwoSided(double statistic) => new(
        SpecialFunctions.ErrorComplement(Math.Abs(statistic) / Math.Sqrt(2)),
        SpecialFunctions.ErrorComplement(statistic / Math.Sqrt(2)) / 2);
}
