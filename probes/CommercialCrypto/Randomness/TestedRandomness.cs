using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// What the tests of GM/T 0005-2021 say of samples of a random number generator. Conclusions over a stage are missing while there are
/// fewer samples than it asks for, unless what is there already refutes them.
/// </summary>
public sealed record TestedRandomness
{
    [Description("检测阶段")]
    public required RandomnessStage Stage { get; init; }

    /// <summary>False where stage and length were chosen by the amount of data.</summary>
    [Description("阶段由人给出")]
    public required bool StageGiven { get; init; }

    [Description("每样本比特数")]
    public required int BitsPerSample { get; init; }

    /// <summary>Whole samples that were tested.</summary>
    [Description("样本数")]
    public required int Samples { get; init; }

    [Description("要求的样本数")]
    public required int SamplesAsked { get; init; }

    [Description("样本数达到要求")]
    public required bool EnoughSamples { get; init; }

    /// <summary>Every item is passed by as many samples as are needed, in the first round or the one repetition.</summary>
    [Description("各项通过数达到要求")]
    public Fact<bool> PassCountsMet { get; init; }

    [Description("首轮达到要求")]
    public Fact<bool> FirstRoundMet { get; init; }

    /// <summary>Null where the first round needs none, or no data for it are there.</summary>
    [Description("复测达到要求")]
    public Fact<bool?> RetryMet { get; init; }

    /// <summary>P_T of every item is at least 0.0001; null where the stage does not ask for it.</summary>
    [Description("Q 值分布均匀")]
    public Fact<bool?> UniformityMet { get; init; }

    /// <summary>No sample equals another one and none consists of one repeated byte.</summary>
    [Description("样本互异且不恒定")]
    public Fact<bool> AllDistinct { get; init; }

    /// <summary>Of the round that counts.</summary>
    [Description("通过数不足的项目")]
    public required IReadOnlyList<string> FailingItems { get; init; }

    /// <summary>Items on which a perfect generator would do as badly in less than one run of a million, however many samples there are.</summary>
    [Description("不会是偶然的项目")]
    public required IReadOnlyList<string> ImplausibleItems { get; init; }

    /// <summary>Items with P_T below 0.0001; empty where uniformity is not asked for.</summary>
    [Description("Q 值不均匀的项目")]
    public required IReadOnlyList<string> UnevenItems { get; init; }

    /// <summary>Samples equal to an earlier one.</summary>
    [Description("重复的样本")]
    public required int RepeatedSamples { get; init; }

    /// <summary>Samples that consist of one repeated byte.</summary>
    [Description("恒定的样本")]
    public required int ConstantSamples { get; init; }

    /// <summary>Places of the stream at which 16 bytes stand that stood at a remembered place before, wherever samples begin. Missing where none was looked for.</summary>
    [Description("重复出现的 16 字节片段")]
    public Fact<long> RepeatedWindows { get; init; }

    /// <summary>Null without any.</summary>
    [Description("首个重复的片段")]
    public Fact<RepeatedPiece?> FirstRepeat { get; init; }

    /// <summary>A repetition of this many bytes or more is found for certain.</summary>
    [Description("必能发现的重复长度（字节）")]
    public Fact<int> RepeatSearchBytes { get; init; }

    [Description("误报率")]
    public required FalseAlarm FalseAlarm { get; init; }

    [Description("样本文件数")]
    public required int Files { get; init; }

    [Description("编码")]
    public required SampleFormat Format { get; init; }

    [Description("比特顺序")]
    public required SampleBitOrder BitOrder { get; init; }

    /// <summary>No file held a whole sample, so that they were read as one stream in the order of their names.</summary>
    [Description("各文件连成一串")]
    public required bool Joined { get; init; }

    /// <summary>Read and too few for one more sample, over all files.</summary>
    [Description("余数（比特）")]
    public required long UnusedBits { get; init; }

    /// <summary>What was not read, or not to its end.</summary>
    [Description("没有用完的文件")]
    public required IReadOnlyList<LeftOutFile> LeftOut { get; init; }

    [Description("逐项结果")]
    public required IReadOnlyList<ItemResult> Items { get; init; }
}

/// <summary>Sixteen bytes that are there twice.</summary>
public sealed record RepeatedPiece
{
    /// <summary>Byte of the stream of samples, from 0, where the later one begins.</summary>
    [Description("位置（字节）")]
    public required long At { get; init; }

    /// <summary>Where the earlier one begins.</summary>
    [Description("先前的位置（字节）")]
    public required long Before { get; init; }
}

/// <summary>One value of one test over all samples of the round that counts.</summary>
public sealed record ItemResult
{
    /// <summary>Test, parameter and part.</summary>
    [Description("")]
    public required string Item { get; init; }

    /// <summary>Samples with P ≥ 0.01.</summary>
    [Description("通过的样本数")]
    public required int Passed { get; init; }

    /// <summary>Of as many samples as there are.</summary>
    [Description("至少应通过")]
    public required int Needed { get; init; }

    /// <summary>P_T; null with fewer than 50 samples, where ten bins say nothing, and for the rank test of 20,000 bits, whose Q takes too few values.</summary>
    [Description("Q 值均匀性 P_T（不小于 0.0001 为均匀）")]
    public double? Uniformity { get; init; }

    /// <summary>Of the only sample; null where there are several.</summary>
    [Description("P 值（不小于 0.01 为通过）")]
    public double? P { get; init; }

    /// <summary>As <see cref="P"/>.</summary>
    [Description("Q 值")]
    public double? Q { get; init; }

    /// <summary>The smallest P of all samples.</summary>
    [Description("各样本中最小的 P 值")]
    public required double LeastP { get; init; }
}

/// <summary>How often a perfect generator is turned away by the rule that was applied, rounded to four digits; computed from the binomial law.</summary>
public sealed record FalseAlarm
{
    /// <summary>Probability for one item.</summary>
    [Description("单项")]
    public required double OneItem { get; init; }

    /// <summary>Probability for any of the items, were they independent; an upper estimate.</summary>
    [Description("任一项")]
    public required double AnyItem { get; init; }

    /// <summary>As <see cref="AnyItem"/> after one repetition.</summary>
    [Description("复测一次后")]
    public required double AfterRetry { get; init; }
}

/// <summary>A file of the sample folder that was not tested, or not wholly.</summary>
public sealed record LeftOutFile
{
    [Description("")]
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    [Description("")]
    public required string Why { get; init; }
}

public enum SampleFormat
{
    [Description("二进制")]
    Binary,
    [Description("十六进制文本")]
    Hex,
    [Description("0/1 文本")]
    Ascii01,
    [Description("Base64 文本")]
    Base64,
}

/// <summary>Which bit of a byte comes first.</summary>
public enum SampleBitOrder
{
    [Description("高位在前")]
    Msb,
    [Description("低位在前")]
    Lsb,
}
