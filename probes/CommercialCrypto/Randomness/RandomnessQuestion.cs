using System.Globalization;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What is asked of a sample, by its settings.</summary>
/// <param name="Stage">Null: by the amount of data.</param>
/// <param name="Bits">Bits of one sample; null: by stage or by the amount of data.</param>
/// <param name="Format">Null: as each file looks.</param>
/// <param name="Order">Of the bits in a byte.</param>
internal sealed record RandomnessQuestion(StageForm? Stage, int? Bits, SampleFormat? Format, SampleBitOrder Order)
{
    private const int SingleMaximum = 1_000_000;

    /// <exception cref="UnableException">Settings that contradict each other.</exception>
    public static RandomnessQuestion Of(CryptoSample sample)
    {
        var stage = sample.Settings.GetValueOrDefault("stage") is { } word ? StageForm.All.First(f => f.Word == word) : null;
        var format = sample.Settings.GetValueOrDefault("format") switch
        {
            "binary" => SampleFormat.Binary,
            "hex" => SampleFormat.Hex,
            "ascii01" => SampleFormat.Ascii01,
            "base64" => SampleFormat.Base64,
            _ => (SampleFormat?)null,
        };
        var order = sample.Settings.GetValueOrDefault("bitOrder") == "lsb" ? SampleBitOrder.Lsb : SampleBitOrder.Msb;
        return new RandomnessQuestion(stage, BitsOf(sample, stage), format, order);
    }

    /// <summary>What to try in turn, longest samples first, where stage or length are not given.</summary>
    /// <param name="mostBits">Bits of the largest file at most, or of all files joined.</param>
    public IEnumerable<(StageForm Stage, int Bits)> Choices(long mostBits)
    {
        if (Stage is { Stage: RandomnessStage.Single } && Bits is null)
        {
            return [(Stage, WholeBytes(mostBits))];
        }

        if (Bits is { } given)
        {
            return [(Stage ?? StageForm.Of(RandomnessSettings.Lengths.Contains(given) ? RandomnessStage.Full : RandomnessStage.Single), given)];
        }

        var full = Stage ?? StageForm.Of(RandomnessStage.Full);
        IEnumerable<(StageForm, int)> long1 = mostBits >= 1_000_000 ? [(full, 1_000_000)] : [];
        IEnumerable<(StageForm, int)> short1 = [(full, 20_000)];
        return Stage is not null ? [.. long1, .. short1] : [.. long1, .. mostBits >= 20_000 ? short1 : [], (StageForm.Of(RandomnessStage.Single), WholeBytes(mostBits))];
    }

    private static int WholeBytes(long mostBits) => (int)(Math.Clamp(mostBits, RandomnessSettings.SingleMinimum, SingleMaximum) / 8 * 8);

    private static int? BitsOf(CryptoSample sample, StageForm? stage)
    {
        if (sample.Settings.GetValueOrDefault("bits") is not { } text)
        {
            return stage?.Bits;
        }

        var lengths = string.Join("、", RandomnessSettings.Lengths);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            throw new UnableException(FailureKind.BadInput, $"bits={text} 不是数字；可以是 {lengths}");
        }

        if (stage?.Bits is { } fixedBits && fixedBits != bits)
        {
            throw new UnableException(FailureKind.BadInput, $"bits={bits} 与 stage={stage.Word} 矛盾：该阶段每个样本 {fixedBits} 比特");
        }

        var isSingle = stage is null or { Stage: RandomnessStage.Single } && bits % 8 == 0 && bits is >= RandomnessSettings.SingleMinimum and <= SingleMaximum;
        return isSingle || RandomnessSettings.Lengths.Contains(bits)
            ? bits
            : throw new UnableException(FailureKind.BadInput, $"bits={bits} 没有对应的检测参数；可以是 {lengths}，单次检测（stage=single）可以是 128 至 {SingleMaximum} 之间 8 的倍数");
    }
}
