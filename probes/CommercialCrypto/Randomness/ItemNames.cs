using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The items as the standard calls them, at most 18 columns wide for a terminal; 最大1游程 and 最大0游程 are its 块内最大“1”游程 and 块内最大“0”游程.</summary>
internal static class ItemNames
{
    public static string Of(RandomnessItem item) =>
        string.Concat(item.Test == RandomnessTest.LongestRun ? LongestRun(item.Part) : Test(item.Test), item.Parameter is { } value ? $" {Letter(item.Test)}={value}" : "", Part(item.Part));

    private static string LongestRun(RandomnessPart part) => part == RandomnessPart.Ones ? "最大1游程" : "最大0游程";

    private static string Test(RandomnessTest test) => test switch
    {
        RandomnessTest.Monobit => "单比特频数",
        RandomnessTest.BlockFrequency => "块内频数",
        RandomnessTest.Poker => "扑克",
        RandomnessTest.Serial => "重叠子序列",
        RandomnessTest.Runs => "游程总数",
        RandomnessTest.RunsDistribution => "游程分布",
        RandomnessTest.BinaryDerivative => "二元推导",
        RandomnessTest.Autocorrelation => "自相关",
        RandomnessTest.MatrixRank => "矩阵秩",
        RandomnessTest.CumulativeSums => "累加和",
        RandomnessTest.ApproximateEntropy => "近似熵",
        RandomnessTest.LinearComplexity => "线性复杂度",
        RandomnessTest.MaurerUniversal => "Maurer 通用统计",
        _ => "离散傅里叶",
    };

    private static char Letter(RandomnessTest test) => test switch
    {
        RandomnessTest.BinaryDerivative => 'k',
        RandomnessTest.Autocorrelation => 'd',
        _ => 'm',
    };

    private static string Part(RandomnessPart part) => part switch
    {
        RandomnessPart.First => " P1",
        RandomnessPart.Second => " P2",
        RandomnessPart.Forward => " 前向",
        RandomnessPart.Backward => " 后向",
        _ => "",
    };
}
