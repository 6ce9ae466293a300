using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is known of the arguments of a call beyond where they come from.</summary>
/// <param name="Key">Tells contexts apart; empty where nothing is known.</param>
/// <param name="Constants">By number of the parameter, the first is 0; null where it is not known.</param>
internal sealed record CallContext(string Key, IReadOnlyList<object?> Constants)
{
    private const int LongestText = 48;

    /// <summary>Types of writers, told only by the call, by number of the parameter; null where it is what the parameter says.</summary>
    public IReadOnlyList<string?> Writers { get; init; } = [];

    /// <summary>The constants are those of a test.</summary>
    public bool IsTest { get; init; }

    /// <summary>Full name of the class of the object it is called on, or of a type it is of, where that decides what the method does; null where it does not.</summary>
    public string? Self { get; init; }

    /// <summary>The object is of that class and of none below it.</summary>
    public bool IsExact { get; init; }

    public static CallContext None { get; } = new(string.Empty, []);

    public static CallContext Of(IReadOnlyList<FlowValue> arguments)
    {
        var isPieced = arguments.Any(IsPiece);
        if (!isPieced && !arguments.Any(a => IsTelling(a.Constant)))
        {
            return None;
        }

        return new CallContext(
            string.Join('\u0001', arguments.Select(a => IsTelling(a.Constant) ? Say(a.Constant!) : IsPiece(a) ? "\u0003" : string.Empty)),
            [.. arguments.Select(a => IsTelling(a.Constant) ? a.Constant : null)])
        { Pieces = isPieced ? [.. arguments.Select(IsPiece)] : [] };
    }

    /// <summary>Whether it is one piece of a path, by number of the parameter.</summary>
    public IReadOnlyList<bool> Pieces { get; init; } = [];

    private static bool IsPiece(FlowValue value) => value.Marks.Length > 0 && Array.TrueForAll(value.Marks, m => (m.Cleaned & ApiIndex.Piece) != 0 && m.Cleaned != ulong.MaxValue);

    /// <summary>With what is known of writers: of an answer of a browser they are another thing than of a file, and parameters seldom say which.</summary>
    public static CallContext Of(IReadOnlyList<FlowValue> arguments, IReadOnlyList<string?> parameters)
    {
        var context = Of(arguments);
        string?[]? writers = null;
        for (var i = 0; i < arguments.Count && i < parameters.Count; i++)
        {
            if (PageWriters.Narrower(arguments[i].Type, parameters[i]) is { } writer)
            {
                writers ??= new string?[parameters.Count];
                writers[i] = writer;
            }
        }

        return writers is null ? context : context with { Key = string.Join('\u0002', writers.Prepend(context.Key)), Writers = writers };
    }

    /// <summary>Whether it is an object of a class of the tree and so no text, by number of the parameter; asked of methods alone that ask it themselves.</summary>
    public IReadOnlyList<bool> NoTexts { get; init; } = [];

    public CallContext With(IReadOnlyList<bool> noTexts) => !noTexts.Any(n => n) ? this : this with { Key = string.Join('\u0005', Key, string.Concat(noTexts.Select(n => n ? '1' : '0'))), NoTexts = noTexts };

    /// <summary>Called on an object of a class.</summary>
    public CallContext On(string self, bool isExact) => this with { Key = string.Join('\u0004', Key, isExact ? $"={self}" : self), Self = self, IsExact = isExact };

    private static bool IsTelling(object? constant) => constant is bool or long or char or JavaNull or string { Length: <= LongestText } or DeployedText { Value.Length: <= LongestText };

    private static string Say(object constant) => constant is JavaNull ? "null" : string.Create(CultureInfo.InvariantCulture, $"{constant.GetType().Name[0]}{constant}");

    public bool Equals(CallContext? other) => other is not null && Key == other.Key;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
}
