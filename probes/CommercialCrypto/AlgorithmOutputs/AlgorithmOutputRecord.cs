using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What the candidate's own implementations computed, against what the standards give.</summary>
public sealed record AlgorithmOutputRecord
{
    /// <summary>The questions came from a challenge file, not with the answers: canned answers cannot pass.</summary>
    [Description("以现场生成的题目测试")]
    public required bool Challenged { get; init; }

    /// <summary>SM3 of the challenge file; null without one.</summary>
    [Description("题目文件 SM3")]
    public required string? ChallengeSm3 { get; init; }

    /// <summary>As the challenge says; null without one.</summary>
    [Description("题目生成时间")]
    public required DateTimeOffset? ChallengeMadeAt { get; init; }

    /// <summary>The address the questions were put to; null where files were read.</summary>
    [Description("答题的接口")]
    public string? Service { get; init; }

    [Description("用例数")]
    public required int Cases { get; init; }

    [Description("各操作的结果")]
    public required IReadOnlyList<OperationOutcome> Operations { get; init; }

    /// <summary>Answers whose id is none of the challenge's.</summary>
    [Description("题目里没有的用例")]
    public required int Unasked { get; init; }

    /// <summary>Cases that could not be judged, with why; the first hundred.</summary>
    [Description("不能判断的用例")]
    public required IReadOnlyList<string> Problems { get; init; }
}

/// <summary>One operation.</summary>
/// <param name="Algorithm">SM2, SM3 or SM4; the word itself for others.</param>
/// <param name="Operation">Such as <c>sm4-cbc-encrypt</c>.</param>
/// <param name="Cases">All of it.</param>
/// <param name="Right">As the standards have it.</param>
/// <param name="Wrong">Answered otherwise.</param>
/// <param name="Unanswered">Without output.</param>
/// <param name="Unusable">Not to be judged: fields missing, unknown operation.</param>
/// <param name="Deviations">What wrong answers are instead, most frequent first.</param>
/// <param name="ReusedRandom">Answers made with the random number of another one.</param>
/// <param name="Note">For people.</param>
public sealed record OperationOutcome(
    [property: DisplayName("算法")] string Algorithm, [property: DisplayName("运算")] string Operation, int Cases, [property: DisplayName("答对数")] int Right,
    [property: DisplayName("答错数")] int Wrong, [property: DisplayName("没有输出数")] int Unanswered, [property: DisplayName("无法判断数")] int Unusable,
    IReadOnlyList<RecognisedDeviation> Deviations, [property: DisplayName("重复使用随机数的答案数")] int ReusedRandom, string Note);

/// <summary>A way of being wrong that was recognised.</summary>
/// <param name="Name">For people.</param>
/// <param name="Cases">How many.</param>
/// <param name="FirstCase">Id of the first.</param>
/// <param name="Note">For people.</param>
public sealed record RecognisedDeviation(string Name, int Cases, string FirstCase, string Note);
