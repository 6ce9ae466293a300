using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The items by the names of GM/T 0005-2021, with the parameter that tells items of one test apart and the value where a test gives two.</summary>
internal static class ItemNames
{
    public static string Of(RandomnessItem item)
    {
        List<string> inside = [.. item.Parameter is { } value ? new[] { $"{Letter(item.Test)}={value}" } : [], .. Part(item.Part) is { } part ? new[] { part } : []];
        return Test(item) + (inside.Count == 0 ? "" : $"（{string.Join("，", inside)}）");
    }

    private static string Test(RandomnessItem item) => item.Test switch
    {
        RandomnessTest.Monobit => "单比特频数检测",
        RandomnessTest.BlockFrequency => "块内频数检测",
        RandomnessTest.Poker => "扑克检测",
        RandomnessTest.Serial => "重叠子序列检测",
        RandomnessTest.Runs => "游程总数检测",
        RandomnessTest.RunsDistribution => "游程分布检测",
        RandomnessTest.LongestRun => item.Part == RandomnessPart.Ones ? "块内最大“1”游程检测" : "块内最大“0”游程检测",
        RandomnessTest.BinaryDerivative => "二元推导检测",
        RandomnessTest.Autocorrelation => "自相关检测",
        RandomnessTest.MatrixRank => "矩阵秩检测",
        RandomnessTest.CumulativeSums => "累加和检测",
        RandomnessTest.ApproximateEntropy => "近似熵检测",
        RandomnessTest.LinearComplexity => "线性复杂度检测",
        RandomnessTest.MaurerUniversal => "Maurer 通用统计检测",
        _ => "离散傅里叶检测",
    };

    private static char Letter(RandomnessTest test) => test switch
    {
        RandomnessTest.BinaryDerivative => 'k',
        RandomnessTest.Autocorrelation => 'd',
        _ => 'm',
    };

    private static string? Part(RandomnessPart part) => part switch
    {
        RandomnessPart.First => "P1",
        RandomnessPart.Second => "P2",
        RandomnessPart.Forward => "前向",
        RandomnessPart.Backward => "后向",
        _ => null,
    };
}
