using System.Globalization;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The samples of one round, counted.</summary>
internal sealed class SampleRound
{
    /// <summary>Below this a perfect generator does not come in a million runs.</summary>
    private const double Implausible = 1e-6;

    /// <summary>With fewer samples ten bins say nothing.</summary>
    private const int UniformityFrom = 50;

    /// <summary>The rank test of a shorter sample has so few matrices that its Q takes a handful of values and cannot spread evenly.</summary>
    private const int RankUniformityFrom = 100_000;

    private readonly IReadOnlyList<EvaluatedSample> _samples;
    private readonly IReadOnlyList<RandomnessItem> _items;
    private readonly int _bits;

    /// <param name="bits">Of a sample.</param>
    /// <param name="samples">At least one.</param>
    /// <param name="items">The items of their values.</param>
    /// <param name="asked">Samples the stage asks for.</param>
    /// <param name="asksUniformity">Whether it asks for uniform Q values.</param>
    public SampleRound(int bits, IReadOnlyList<EvaluatedSample> samples, IReadOnlyList<RandomnessItem> items, int asked, bool asksUniformity)
    {
        (_bits, _samples, _items) = (bits, samples, items);
        IsEnough = samples.Count >= asked;
        var counted = IsEnough ? samples.Count : asked;
        Allowed = counted - SampleStatistics.Needed(counted);
        Items = [.. items.Select((item, i) => Result(item, i))];
        Failing = [.. Items.Where(r => samples.Count - r.Passed > Allowed).Select(r => r.Item)];
        ImplausibleItems = [.. Items.Where(IsImplausible).Select(r => r.Item)];
        Uneven = asksUniformity ? [.. Items.Where(r => r.Uniformity < SampleStatistics.UniformitySignificance).Select(r => r.Item)] : [];
    }

    public bool IsEnough { get; }

    /// <summary>Samples that may fail an item.</summary>
    public int Allowed { get; }

    public IReadOnlyList<ItemResult> Items { get; }

    /// <summary>More samples fail than may, even if all that are still to come were to pass.</summary>
    public IReadOnlyList<string> Failing { get; }

    public IReadOnlyList<string> ImplausibleItems { get; }

    public IReadOnlyList<string> Uneven { get; }

    /// <summary>Null while it is open.</summary>
    public bool? IsMet => Failing.Count > 0 || ImplausibleItems.Count > 0 ? false : IsEnough ? true : null;

    /// <summary>Few significant digits: what differs from processor to processor lies far below.</summary>
    public static double Rounded(double value, string digits = "G6") => double.Parse(value.ToString(digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private ItemResult Result(RandomnessItem item, int index)
    {
        var values = _samples.Select(s => s.Values[index]).ToList();
        var only = values.Count == 1 ? values[0] : (TestValue?)null;
        return new ItemResult
        {
            Item = ItemNames.Of(item),
            Passed = values.Count(v => v.P >= SampleStatistics.Significance),
            Needed = SampleStatistics.Needed(values.Count),
            Uniformity = values.Count < UniformityFrom || (item.Test == RandomnessTest.MatrixRank && _bits < RankUniformityFrom) ? null : Rounded(SampleStatistics.Uniformity([.. values.Select(v => v.Q)]), "G4"),
            P = only is { } p ? Rounded(p.P) : null,
            Q = only is { } q ? Rounded(q.Q) : null,
            LeastP = Rounded(values.Min(v => v.P)),
        };
    }

    /// <summary>By the number of samples that fail, or by one that fails beyond all measure; for all items together.</summary>
    private bool IsImplausible(ItemResult result)
    {
        var failing = _samples.Count - result.Passed;
        return (failing > 0 && SampleStatistics.FailureOfPerfect(_samples.Count, failing - 1) * _items.Count < Implausible)
            || result.LeastP * _samples.Count * _items.Count < Implausible * Implausible;
    }
}
