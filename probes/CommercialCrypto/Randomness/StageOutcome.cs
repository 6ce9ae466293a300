using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The samples against what a stage asks: a first round, and one repetition where data for it are there.</summary>
internal sealed class StageOutcome
{
    private const int Digits = 4;

    public StageOutcome(StageForm stage, int bits, IReadOnlyList<RandomnessItem> items, IReadOnlyList<EvaluatedSample> samples)
    {
        (Stage, Bits, Samples) = (stage, bits, samples);
        var isFull = stage.Stage == RandomnessStage.Full;
        var size = isFull ? samples.Count : Math.Min(stage.Samples, samples.Count);
        First = new SampleRound(bits, [.. samples.Take(size)], items, stage.Samples, isFull);
        if (First is { IsEnough: true, IsMet: false } && samples.Count >= 2 * stage.Samples && !isFull)
        {
            Retry = new SampleRound(bits, [.. samples.Skip(size).Take(size)], items, stage.Samples, asksUniformity: false);
        }

        Repeated = samples.Count - samples.Select(s => s.Sha256).Distinct(StringComparer.Ordinal).Count();
        Constant = samples.Count(s => s.IsConstant);
        FalseAlarm = Alarm(items.Count, isFull);
    }

    public StageForm Stage { get; }

    public int Bits { get; }

    public IReadOnlyList<EvaluatedSample> Samples { get; }

    public SampleRound First { get; }

    /// <summary>Null where the first round needs none, or there are not enough samples.</summary>
    public SampleRound? Retry { get; }

    public SampleRound Decisive => Retry ?? First;

    public bool? IsMet => Retry is { } retry ? retry.IsMet : First.IsMet;

    public int Repeated { get; }

    public int Constant { get; }

    public bool? AllDistinct => Repeated + Constant > 0 ? false : First.IsEnough ? true : null;

    public FalseAlarm FalseAlarm { get; }

    /// <summary>Null where the stage does not ask; missing with too few samples.</summary>
    public Fact<bool?> UniformityMet =>
        Stage.Stage != RandomnessStage.Full ? new Fact<bool?>(null)
        : First.IsEnough ? First.Uneven.Count == 0
        : default(Fact<bool?>);

    private FalseAlarm Alarm(int items, bool withUniformity)
    {
        var asked = Stage.Stage == RandomnessStage.Full && First.IsEnough ? Samples.Count : Stage.Samples;
        var one = SampleStatistics.FailureOfPerfect(asked, asked - SampleStatistics.Needed(asked)) + (withUniformity ? SampleStatistics.UniformitySignificance : 0);
        var any = SampleStatistics.FailureOfAny(one, items);
        return new FalseAlarm { OneItem = Math.Round(one, Digits), AnyItem = Math.Round(any, Digits), AfterRetry = Math.Round(any * any, Digits) };
    }
}
