using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Makes the tests of GM/T 0005-2021 on files of random bits.</summary>
public sealed class RandomnessProbe : Probe<CryptoSample, TestedRandomness>
{
    /// <summary>Reading stops here, so that what was tested by then is not lost to the timeout.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMinutes(100);

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.randomness",
        Pillar = Pillar.CommercialCrypto,
        Title = "随机数检测（GM/T 0005）",
        Question = "随机数样本是否通过 GM/T 0005-2021 的 15 项检测？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Random,
        Observes = typeof(TestedRandomness),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromHours(2),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var question = RandomnessQuestion.Of(target);
        var folder = await SampleFolder.OpenAsync(target, question.Format, cancellationToken);
        var began = context.Clock.GetTimestamp();
        var most = Math.Max(folder.Files.Max(f => f.MostBits), folder.Files.Sum(f => f.MostBits));
        IReadOnlyList<LeftOutFile> leftOut = folder.LeftOut;
        foreach (var (stage, bits) in question.Choices(most))
        {
            var items = stage.Items(bits);
            var reading = new SampleReading(folder.Tree, folder.Files, question.Order, bits, stage.Cap, () => context.Clock.GetElapsedTime(began) > Budget);
            var repeats = new RepeatSearch(Math.Min(most, (long)stage.Cap * bits) / 8);
            var samples = await SampleEvaluation.RunAsync(repeats.WatchAsync(reading.ReadAsync(cancellationToken), cancellationToken), bits, items, cancellationToken);
            leftOut = [.. folder.LeftOut, .. reading.LeftOut];
            if (samples.Count > 0)
            {
                var record = Record(question, folder, reading, new StageOutcome(stage, bits, items, samples)) with
                {
                    LeftOut = SampleFolder.Named(leftOut),
                    RepeatedWindows = repeats.Found,
                    FirstRepeat = new(repeats.First),
                    RepeatSearchBytes = repeats.SureBytes,
                };
                return Saw(target, context, record, ValuesFile.Save(Manifest.Id, target, context, items, samples));
            }
        }

        var reason = leftOut.Count > 0 ? $"；{SampleFolder.Say(leftOut)}" : "";
        throw new UnableException(FailureKind.BadInput, $"不足一个样本：全部文件至多 {most} 比特，{Wanted(question)}{reason}");
    }

    private static string Wanted(RandomnessQuestion question) => question.Bits is { } bits ? $"一个样本要 {bits} 比特" : $"至少要 {RandomnessSettings.SingleMinimum} 比特";

    private static TestedRandomness Record(RandomnessQuestion question, SampleFolder folder, SampleReading reading, StageOutcome outcome) => new()
    {
        Stage = outcome.Stage.Stage,
        StageGiven = question.Stage is not null,
        BitsPerSample = outcome.Bits,
        Samples = outcome.Samples.Count,
        SamplesAsked = outcome.Stage.Samples,
        EnoughSamples = outcome.First.IsEnough,
        PassCountsMet = Known(outcome.IsMet),
        FirstRoundMet = Known(outcome.First.IsMet),
        RetryMet = outcome.Retry is { } retry ? retry.IsMet : new Fact<bool?>(null),
        UniformityMet = outcome.UniformityMet,
        AllDistinct = Known(outcome.AllDistinct),
        FailingItems = outcome.Decisive.Failing,
        ImplausibleItems = outcome.Decisive.ImplausibleItems,
        UnevenItems = outcome.Decisive.Uneven,
        RepeatedSamples = outcome.Repeated,
        ConstantSamples = outcome.Constant,
        Items = outcome.Decisive.Items,
        FalseAlarm = outcome.FalseAlarm,
        Files = folder.Files.Count,
        Format = folder.Files[0].Format,
        BitOrder = question.Order,
        Joined = reading.IsJoined,
        UnusedBits = reading.UnusedBits,
        LeftOut = [],
    };

    private static Fact<bool> Known(bool? value) => value is { } known ? known : default(Fact<bool>);
}
