namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A small set of inputs of a method. Never changes.</summary>
internal sealed class InputSet : IEquatable<InputSet>
{
    private const int Most = 8;

    private readonly InputOrigin[] _all;

    private InputSet(InputOrigin[] all) => _all = all;

    public static InputSet None { get; } = new([]);

    public IReadOnlyList<InputOrigin> All => _all;

    public bool IsEmpty => _all.Length == 0;

    /// <summary>One more; those beyond a bound are forgotten, which only means that they are not known to be checked.</summary>
    public InputSet With(InputOrigin origin) => _all.Length >= Most || Array.IndexOf(_all, origin) >= 0 ? this : new([.. _all, origin]);

    public InputSet And(InputSet more) => more._all.Aggregate(this, static (all, o) => all.With(o));

    /// <summary>Those that are in both.</summary>
    public InputSet Meet(InputSet other)
    {
        if (ReferenceEquals(this, other) || IsEmpty || other.IsEmpty)
        {
            return IsEmpty ? this : other;
        }

        var both = Array.FindAll(_all, o => Array.IndexOf(other._all, o) >= 0);
        return both.Length == _all.Length ? this : both.Length == 0 ? None : new(both);
    }

    public bool Equals(InputSet? other) => ReferenceEquals(this, other) || (other is not null && _all.Length == other._all.Length && Array.TrueForAll(_all, o => Array.IndexOf(other._all, o) >= 0));

    public override bool Equals(object? obj) => Equals(obj as InputSet);

    public override int GetHashCode() => _all.Length;
}
