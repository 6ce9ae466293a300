namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Stands for <c>null</c> where it is known.</summary>
internal sealed class JavaNull
{
    public static JavaNull Value { get; } = new();

    private JavaNull()
    {
    }
}

/// <summary>What something of a type with arguments holds.</summary>
/// <param name="Name">Full name of the last argument; null where it is not known.</param>
/// <param name="Element">What that holds; null where it has no arguments.</param>
internal sealed record ElementType(string? Name, ElementType? Element);

/// <summary>A method that was asked for by its name.</summary>
/// <param name="Type">Full name of the type it was asked of.</param>
internal sealed record NamedMethod(string Type, string Name);

/// <summary>A text of a property file: what one deployment says. It tells what is used there, and never which way a program goes.</summary>
internal sealed record DeployedText(string Value);

/// <summary>What is known of a value at a place. Never changes.</summary>
/// <param name="Marks">Where it may come from.</param>
/// <param name="Constant">A text, whole number (long), truth, character, <see cref="DeployedText"/> or <see cref="JavaNull"/> where it is known; else null.</param>
/// <param name="Type">Full name where it is known; arrays with brackets.</param>
/// <param name="Objects">Numbers of objects it may be.</param>
/// <param name="Code">Code it is, or may be: lambdas, method references, classes without a name.</param>
internal sealed record FlowValue(TaintMark[] Marks, object? Constant, string? Type, int[] Objects, CodeValue? Code = null)
{
    private const int MostObjects = 6;
    private static readonly string Loss = $"一个值可能是的对象多于 {MostObjects} 个";

    /// <summary>Type of what it holds, where a declaration says so: of elements, values of a map, the content of a page or an answer.</summary>
    public ElementType? Element { get; init; }

    /// <summary>How a text begins of which not everything is known; null where nothing is known of it.</summary>
    public string? Start { get; init; }

    /// <summary>Type a condition said it is of, as long as only what is behind that condition is looked at; null where none did.</summary>
    public string? Seen { get; init; }

    /// <summary>It may also be something that is none of its objects and none of its code, and not null.</summary>
    public bool MayBeOther { get; init; }

    public static FlowValue Unknown { get; } = new(TaintMarks.None, null, null, []);

    public static FlowValue Of(object constant) => new(TaintMarks.None, constant, TypeOf(constant), []);

    public static FlowValue OfType(string? type) => type is null ? Unknown : new(TaintMarks.None, null, type, []);

    public static FlowValue Marked(TaintMark[] marks, string? type = null) => marks.Length == 0 && type is null ? Unknown : new(marks, null, type, []);

    public FlowValue WithMarks(TaintMark[] marks) => ReferenceEquals(marks, Marks) ? this : this with { Marks = marks };

    public FlowValue Holding(ElementType? element) => element is null || Element is not null ? this : this with { Element = element };

    /// <summary>Of something taken out of a value.</summary>
    public FlowValue Of(ElementType? element) => element is null || Type is not null ? this : this with { Type = element.Name, Element = element.Element };

    public FlowValue Typed(string? type) => type is null || type == Type ? this : this with { Type = type };

    public static FlowValue Join(FlowValue a, FlowValue b)
    {
        if (ReferenceEquals(a, b))
        {
            return a;
        }

        // What a program does with null is no flow: the other value says more.
        var type = a.Type == b.Type || b.Constant is JavaNull ? a.Type ?? b.Type : a.Constant is JavaNull ? b.Type : a.Type is null || b.Type is null ? null : IsThrownFromOutside(b.Type) && !IsThrownFromOutside(a.Type) ? b.Type : a.Type;
        var marks = TaintMarks.Union(a.Marks, b.Marks);
        var constant = a.Constant is not null && a.Constant.Equals(b.Constant) ? a.Constant : null;
        var objects = Unite(a.Objects, b.Objects);
        var (code, element) = (CodeValue.Both(a.Code, b.Code), a.Element ?? b.Element);
        var start = a.Start == b.Start && constant == a.Constant ? a.Start : Beginning(a.Start ?? a.Constant as string, b.Start ?? b.Constant as string);
        var seen = a.Seen == b.Seen ? a.Seen : null;
        var mayBeOther = a.MayBeOther || b.MayBeOther || (a.Objects.Length == 0 ? b.Objects.Length > 0 && a.Constant is not JavaNull : b.Objects.Length == 0 && b.Constant is not JavaNull)
            || (a.Code is null ? b.Code is not null && a.Constant is not JavaNull : b.Code is null && b.Constant is not JavaNull);
        return ReferenceEquals(marks, a.Marks) && ReferenceEquals(objects, a.Objects) && ReferenceEquals(constant, a.Constant) && type == a.Type && ReferenceEquals(a.Code, code) && ReferenceEquals(a.Element, element) && a.Start == start
            && a.Seen == seen && a.MayBeOther == mayBeOther
            ? a
            : new FlowValue(marks, constant, type, objects, code) { Element = element, Start = start, Seen = seen, MayBeOther = mayBeOther };
    }

    /// <summary>An exception nobody in the tree wrote: what may be one says more than its authors wrote for people.</summary>
    public static bool IsThrownFromOutside(string type) => type.StartsWith("java", StringComparison.Ordinal) && (type.EndsWith("Exception", StringComparison.Ordinal) || type is "java.lang.Throwable");

    /// <summary>What two texts begin with, and then something; null where they have nothing in common.</summary>
    private static string? Beginning(string? a, string? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        var length = a.AsSpan().CommonPrefixLength(b);
        var host = a.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? a.IndexOf('/', scheme + 3) : -1;
        if (length <= host && MethodRun.OfHosts(a, b) is { } address)
        {
            return address;
        }

        return length == 0 ? null : a[length - 1] == MethodRun.Some ? a[..length] : a[..length] + MethodRun.Some;
    }

    public static bool Same(FlowValue a, FlowValue b) => ReferenceEquals(a, b)
        || (TaintMarks.Same(a.Marks, b.Marks) && Equals(a.Constant, b.Constant) && a.Type == b.Type && a.Start == b.Start && a.Seen == b.Seen && a.MayBeOther == b.MayBeOther && Equals(a.Element, b.Element) && a.Objects.AsSpan().SequenceEqual(b.Objects) && CodeValue.Same(a.Code, b.Code));

    private static int[] Unite(int[] a, int[] b)
    {
        if (b.Length == 0 || ReferenceEquals(a, b))
        {
            return a;
        }

        if (a.Length == 0)
        {
            return b;
        }

        if (Array.TrueForAll(b, o => Array.IndexOf(a, o) >= 0))
        {
            return a;
        }

        if (a.Length >= MostObjects)
        {
            FlowLosses.Note(Loss);
            return a;
        }

        return [.. a, .. b.Where(o => !a.Contains(o))];
    }

    private static string TypeOf(object constant) => constant switch
    {
        string or DeployedText => "java.lang.String",
        long => "int",
        bool => "boolean",
        char => "char",
        _ => "null",
    };
}

/// <summary>An object, list, map, array or builder as far as its parts are known. Never changes.</summary>
/// <param name="Type">Full name where it is known.</param>
/// <param name="IsExact">It was made here, so that it is of no type below.</param>
/// <param name="Input">Of what the method was given; null where it was made in it.</param>
/// <param name="Parts">Fields by name; elements as <c>[0]</c>, <c>[key]</c> and, where the place is not known, <c>[]</c>.</param>
/// <param name="Count">Elements of a list of which every one is known; −1 otherwise.</param>
internal sealed record FlowObject(string? Type, bool IsExact, InputOrigin? Input, Dictionary<string, FlowValue> Parts, int Count)
{
    /// <summary>Elements whose place is not known.</summary>
    public const string Any = "[]";

    /// <summary>The element a list that was made here was given first, also where nothing is known of the places of others.</summary>
    public const string First = "#first";

    private const int MostParts = 64;

    private static readonly Dictionary<string, FlowValue> NoParts = new(StringComparer.Ordinal);

    public ElementType? Element { get; init; }

    /// <summary>Parts it has no more room for lie among the elements whose place is not known.</summary>
    public bool IsFull => Parts.Count >= MostParts;

    public static FlowObject New(string? type, int count = -1) => new(type, true, null, NoParts, count);

    public FlowObject With(string part, FlowValue value, int? count = null)
    {
        if (IsFull && !Parts.ContainsKey(part))
        {
            part = Any;
            value = Parts.TryGetValue(part, out var known) ? FlowValue.Join(known, value) : value;
            count = -1;
        }

        if ((count ?? Count) == Count && Parts.TryGetValue(part, out var same) && ReferenceEquals(same, value))
        {
            return this;
        }

        return this with { Parts = new Dictionary<string, FlowValue>(Parts, StringComparer.Ordinal) { [part] = value }, Count = count ?? Count };
    }

    /// <summary>Places of elements are forgotten.</summary>
    public FlowObject Scatter()
    {
        if (Count < 0 && !Parts.Keys.Any(k => k.StartsWith('[') && k != Any))
        {
            return this;
        }

        var parts = Parts.Where(p => !p.Key.StartsWith('[')).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        var all = Parts.Where(p => p.Key.StartsWith('[')).Select(p => p.Value with { Constant = null }).Aggregate(default(FlowValue), (a, b) => a is null ? b : FlowValue.Join(a, b));
        if (all is not null)
        {
            parts[Any] = all;
        }

        return this with { Parts = parts, Count = -1 };
    }

    public static FlowObject Join(FlowObject a, FlowObject b, Func<FlowObject, string, FlowValue> missing)
    {
        if (ReferenceEquals(a, b))
        {
            return a;
        }

        if (a.Count != b.Count)
        {
            (a, b) = (a.Scatter(), b.Scatter());
        }

        // Most of what is joined says the same: a copy is made where something differs.
        Dictionary<string, FlowValue>? parts = null;
        foreach (var (part, value) in b.Parts)
        {
            var isKnown = a.Parts.TryGetValue(part, out var known);
            var joined = FlowValue.Join(isKnown ? known! : missing(a, part), value);
            if (!isKnown || !ReferenceEquals(joined, known))
            {
                parts ??= new Dictionary<string, FlowValue>(a.Parts, StringComparer.Ordinal);
                parts[part] = joined;
            }
        }

        foreach (var (part, value) in a.Parts)
        {
            if (!b.Parts.ContainsKey(part) && FlowValue.Join(value, missing(b, part)) is var joined && !ReferenceEquals(joined, value))
            {
                parts ??= new Dictionary<string, FlowValue>(a.Parts, StringComparer.Ordinal);
                parts[part] = joined;
            }
        }

        var type = a.Type ?? b.Type;
        return parts is null && type == a.Type ? a : a with { Parts = parts ?? a.Parts, Type = type };
    }

    public static bool Same(FlowObject a, FlowObject b) => ReferenceEquals(a, b)
        || (a.Count == b.Count && a.Type == b.Type && a.Parts.Count == b.Parts.Count && a.Parts.All(p => b.Parts.TryGetValue(p.Key, out var other) && FlowValue.Same(p.Value, other)));
}
