namespace SmartCity.SecurityCheck.Judging;

/// <summary>Three-valued truth (Kleene): Unknown wherever a field is missing.</summary>
public enum Truth
{
    Unknown,
    Fails,
    Holds,
}

/// <summary>
/// Truth while a predicate is evaluated, with what it rests on: an absent value and an empty list may refute a statement but
/// never prove one. <see cref="FailsByAbsence"/> is Fails to whoever asks; negated it is not Holds but Unknown. In this order
/// "and" is the least, "or" the greatest and "not" the mirror, so that the laws of De Morgan and double negation stay.
/// </summary>
internal enum Degree
{
    Fails,
    FailsByAbsence,
    Unknown,
    HoldsByAbsence,
    Holds,
}

internal static class Kleene
{
    public static Degree Of(bool value) => value ? Degree.Holds : Degree.Fails;

    public static Degree Negate(Degree degree) => Degree.Holds - (int)degree;

    /// <summary>Holds over nothing; the callers decide what an empty list means.</summary>
    public static Degree All(IEnumerable<Degree> parts) => parts.Aggregate(Degree.Holds, (least, part) => part < least ? part : least);

    /// <summary>Fails over nothing.</summary>
    public static Degree Any(IEnumerable<Degree> parts) => parts.Aggregate(Degree.Fails, (most, part) => part > most ? part : most);

    /// <summary>At least so many parts: as sure as the part that makes up the number.</summary>
    public static Degree AtLeast(int number, IEnumerable<Degree> parts) =>
        number == 0 ? Degree.Holds : parts.OrderDescending().Skip(number - 1).FirstOrDefault(Degree.Fails);

    public static Truth Said(Degree degree) => degree switch
    {
        Degree.Fails or Degree.FailsByAbsence => Truth.Fails,
        Degree.Holds => Truth.Holds,
        _ => Truth.Unknown,
    };
}
