using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>When a generator is looked at (GM/T 0062-2018, class E; not checked against print), and how much of it.</summary>
public enum RandomnessStage
{
    /// <summary>One output as it is used.</summary>
    [Description("单次检测")]
    Single,

    [Description("周期检测")]
    Periodic,

    [Description("上电检测")]
    PowerOn,

    [Description("出厂检测")]
    Factory,

    /// <summary>A thousand samples, pass counts and uniformity (GM/T 0005-2021 clause 6).</summary>
    [Description("送样检测")]
    Full,
}

/// <summary>What a stage asks for.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Word">As in the setting.</param>
/// <param name="Samples">Samples of one round.</param>
/// <param name="Bits">Bits of a sample; null where the setting <c>bits</c> says.</param>
internal sealed record StageForm(RandomnessStage Stage, string Word, int Samples, int? Bits)
{
    private const int FullCap = 10_000;

    public static IReadOnlyList<StageForm> All { get; } =
    [
        new(RandomnessStage.Single, "single", 1, null),
        new(RandomnessStage.Periodic, "periodic", 20, 20_000),
        new(RandomnessStage.PowerOn, "power-on", 20, 1_000_000),
        new(RandomnessStage.Factory, "factory", 50, 1_000_000),
        new(RandomnessStage.Full, "full", 1_000, null),
    ];

    /// <summary>Samples read at most: two rounds, or for the full stage, where all count, as many as can be told in one record.</summary>
    public int Cap => Stage == RandomnessStage.Full ? FullCap : 2 * Samples;

    public IReadOnlyList<RandomnessItem> Items(int bits) => Stage == RandomnessStage.Single ? [RandomnessSettings.Single(bits)] : RandomnessSettings.For(bits);

    public static StageForm Of(RandomnessStage stage) => All.First(f => f.Stage == stage);
}
