namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls of methods that are not in the tree, by what the tables know of them.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Stands in steps of which nobody knows whether the value comes through.</summary>
    public const string UnknownLibrary = "不认识的库";

    private static readonly string[] Telling = ["is", "has", "can", "equals", "contains", "indexOf", "lastIndexOf", "exists", "startsWith", "endsWith", "count", "compare"];
    private static readonly string[] Filling = ["add", "set", "with"];
    private static readonly string[] Taking = ["append", "put", "putAll", "putIfAbsent", "insert", "push", "offer", "offerFirst", "offerLast"];
    private const int MostKept = 3;

    private FlowValue CallLibrary(CallSite site, string? type, IEnumerable<string>? above = null)
    {
        var count = site.Arguments.Count;
        var api = type is null && above is null ? null : _apis.Find(type ?? string.Empty, site.Name, count, above);
        Count(site, api is not null);
        if (api is null && (type is null || !(_apis.Knows(type) || _program.Find(type) is not null)))
        {
            api = _apis.FindAnywhere(site.Name, count) ?? (site.Receiver is null ? null : _apis.Find("java.lang.Object", site.Name, count));
        }

        var (given, made) = Handed(site);
        var called = CallBack(site);
        if (_now is null)
        {
            return FlowValue.Unknown;
        }

        if (made is not null && api?.Known.Acts is "made" or "made-flat" && site.Arguments.All(IsAllOfIt))
        {
            return Made(site, api!, made, called);
        }

        var handed = TaintMarks.Union(given, called);
        var result = api is null ? Guess(site) : Known(site, api);
        result = Holding(site, result, made);
        return handed.Length == 0 ? result : result with { Marks = TaintMarks.Union(result.Marks, handed) };
    }

    /// <summary>No other code than what is seen may be handed over for it.</summary>
    private bool IsAllOfIt(FlowValue argument) => argument.Code is null || !(argument.MayBeOther || argument.Objects.Any(o => ObjectAt(o)?.Input is not null));

    /// <summary>A container of what code returned that was handed over: what was in the one before is in it only as far as that code puts it there.</summary>
    private FlowValue Made(CallSite site, ApiMethod api, FlowValue made, TaintMark[] called)
    {
        Sinks(site, api);
        var marks = TaintMarks.Union(made.Marks, called);
        made = made with { Marks = TaintMarks.Step(marks, Place(site.Span), $"经过 {site.Name}") };
        if (api.Known.Acts == "made-flat")
        {
            return made.Typed(api.Known.Returns);
        }

        var container = Allocate(site.Node, FlowObject.New(api.Known.Returns));
        Write(container, FlowObject.Any, made);
        return made.Type is null ? container : container with { Element = new ElementType(made.Type, made.Element) };
    }

    /// <summary>Types of elements where they come through a library.</summary>
    /// <param name="site">The call.</param>
    /// <param name="result">Of it.</param>
    /// <param name="made">What code that was handed to it returned; null where there was none.</param>
    private FlowValue Holding(CallSite site, FlowValue result, FlowValue? made)
    {
        if (site.Name is "map" or "mapToObj" or "mapToLong" or "mapToInt" or "thenApply" && made is { Type: not null })
        {
            // Of texts that became numbers nothing is left.
            var left = _apis.IsInert(made.Type) && made.Marks.Length == 0 ? result with { Marks = TaintMarks.None, Objects = [] } : result;
            return left with { Element = new ElementType(made.Type, made.Element) };
        }

        if (site.Receiver?.Element is not { } element || result.Element is not null)
        {
            return result;
        }

        return site.Name switch
        {
            "getBody" or "get" or "orElse" or "orElseGet" or "orElseThrow" or "next" or "getValue" or "getData" or "getResult" or "join" => result.Of(element),
            "getContent" or "getRecords" or "getList" or "getRows" or "values" or "stream" or "entrySet" or "collect" or "toList" => result.Holding(element),
            _ => result,
        };
    }

    /// <summary>Stands in steps behind which only what was made with a key comes on.</summary>
    public const string Deciphered = "解开的只有持密钥的人写得出";

    private FlowValue Known(CallSite site, ApiMethod api)
    {
        Sinks(site, api);
        if (api.Known is { Acts: "statement", Source: not null })
        {
            CallStatement(site);
        }

        if (api.Known.Source is { } source && !IsOwnText(site, api) && !(api.Known.Acts == "property" && IsSetting(site)))
        {
            var put = api.Known.Acts == "property" ? OwnProperty(site) : null;
            var asked = put is null ? Foreign(site, api, source) : put.Value.IsAll ? put.Value.Text : FlowValue.Join(put.Value.Text, Foreign(site, api, source));
            return put is { IsAll: true, Text.Constant: not null } ? asked : asked with { Marks = TaintMarks.Union(asked.Marks, MarksAt(site, 1)) };
        }

        if (site is { Name: "lineSeparator", Arguments.Count: 0 })
        {
            return FlowValue.Of("\n");
        }

        if (site.Receiver?.Constant is { } constant && site.Receiver.Marks.Length == 0 && ConstantFolding.Call(constant, site.Name, [.. site.Arguments.Select(a => a.Constant)]) is { } folded)
        {
            return FlowValue.Of(folded);
        }

        site = Filled(site);
        var result = api.Known.Acts is { } act ? Act(act, site, api) : Ordinary(site, api);
        Settle(api, site, site.Receiver);
        result = api.Known.Returns is not { } type ? result : api.Known.Acts is "self" or "list-of" ? result.Typed(type) : Narrow(result, type);
        return result.Marks.Length == 0 ? result : result.WithMarks(TaintMarks.Step(TaintMarks.Clean(TaintMarks.Soil(result.Marks, api.Soils == 0 ? 0 : api.Soils | ApiIndex.Signs), CleanedBy(site, api)), Place(site.Span), Passed(site, api)));
    }

    private static StepWords Passed(CallSite site, ApiMethod api)
    {
        var words = $"经过 {site.Name}";
        return api.Known.Acts == "deciphered" ? new StepWords($"{words}（{Deciphered}）", StepDoubt.UnknownLibrary)
            : site.Name == "readLine" ? new StepWords(words, StepDoubt.OneLine)
            : site.Name.Contains("ecode", StringComparison.Ordinal) ? new StepWords(words, StepDoubt.Relined)
            : Letterwise(words, api.Known.Returns);
    }

    private FlowValue Ordinary(CallSite site, ApiMethod api)
    {
        if (api.Known.IsInert)
        {
            return FlowValue.OfType(api.Known.Returns);
        }

        if (api.Flow.Count == 0)
        {
            return FlowValue.Marked(Loosened(site, AllMarks(site)), api.Known.Returns);
        }

        var returned = TaintMarks.None;
        foreach (var (from, to) in api.Flow)
        {
            var marks = Loosened(site, from == ApiMethod.All ? AllMarks(site) : MarksAt(site, from));
            if (to == ApiMethod.Return)
            {
                returned = TaintMarks.Union(returned, marks);
            }
            else if (to == ApiMethod.Receiver)
            {
                Pour(site.Receiver, marks, site.ReceiverSyntax);
            }
            else if (to >= 0 && to < site.Arguments.Count)
            {
                Pour(site.Arguments[to], marks, site.Syntax.IsDefault || to >= site.Syntax.Length ? null : site.Syntax[to]);
            }
        }

        return FlowValue.Marked(returned, api.Known.Returns);
    }

    private TaintMark[] MarksAt(CallSite site, int place) =>
        place == ApiMethod.Receiver ? site.Receiver is null ? TaintMarks.None : Deep(site.Receiver) : place < site.Arguments.Count ? Deep(site.Arguments[place]) : TaintMarks.None;

    private void Pour(FlowValue? into, TaintMark[] marks, JavaExpression? named)
    {
        if (into is not null && marks.Length > 0)
        {
            Write(into, FlowObject.Any, FlowValue.Marked(marks), named);
        }
    }

    /// <summary>Of a method nobody knows anything of: what goes in comes out, unless its name says that it only tells something.</summary>
    private FlowValue Guess(CallSite site)
    {
        if (site.Receiver?.Constant is { } constant && ConstantFolding.Call(constant, site.Name, [.. site.Arguments.Select(a => a.Constant)]) is { } folded)
        {
            return FlowValue.Of(folded);
        }

        if (Starts(site.Name, Telling) || site.Name is "size" or "length" or "hashCode" or "matches")
        {
            return FlowValue.Unknown;
        }

        if (site.Receiver is not null && Keeps(site))
        {
            var given = Unpieced(Deep(site.Arguments));
            if (site.ReceiverSyntax is not JavaName { Name: "this" })
            {
                Pour(site.Receiver, given, site.ReceiverSyntax);
            }
        }

        if (IsLookup(site.Name, site.Arguments.Count, CalledOn(site)))
        {
            return Fetched(site, site.ReceiverSyntax is null || site.Receiver is null ? TaintMarks.None : Deep(site.Receiver), null);
        }

        var marks = Loosened(site, AllMarks(site with { Receiver = site.ReceiverSyntax is null ? null : site.Receiver }));
        return FlowValue.Marked(TaintMarks.Step(marks, Place(site.Span), Through(site)));
    }

    /// <summary>Keeps what it is given, like a list or a builder; <c>store.putObject(…)</c> sends it on, and what a container put into a field is no list.</summary>
    private bool Keeps(CallSite site) => !Array.Exists(site.Receiver!.Objects, IsInjected) && (Starts(site.Name, Filling) || (site.Arguments.Count <= MostKept && Taking.Contains(site.Name, StringComparer.Ordinal)));

    private bool IsInjected(int number) => ObjectAt(number)?.Input is { Path.Length: > 0 } input && LastingAt(input) is { Variable.Value: null };

    private static StepWords Through(CallSite site) => new($"经过 {site.Name}（{UnknownLibrary}）", StepDoubt.UnknownLibrary);

    private static bool Starts(string name, string[] words) =>
        Array.Exists(words, w => name.StartsWith(w, StringComparison.Ordinal) && (name.Length == w.Length || char.IsUpper(name[w.Length])));

    private FlowValue NewOfLibrary(CallSite site, string? type)
    {
        var api = type is null ? null : _apis.Find(type, "new", site.Arguments.Count);
        Count(site, api is not null || _apis.IsInert(type));
        if (api is not null)
        {
            Sinks(site, api);
        }

        if (_apis.IsInert(type))
        {
            return FlowValue.OfType(type);
        }

        if (api?.Known.Acts is { } act)
        {
            var acted = Act(act, site, api).Typed(type);
            Settle(api, site, acted);
            return acted;
        }

        if (api?.Known.Source is not null)
        {
            return Known(site, api).Typed(type);
        }

        var handed = TaintMarks.Union(Handed(site).Marks, CallBack(site));
        var made = Allocate(site.Node, FlowObject.New(type));
        var marks = api is { Known.IsInert: true } ? TaintMarks.None : TaintMarks.Union(api is { Flow.Count: > 0 } ? Ordinary(site, api).Marks : Loosened(site, AllMarks(site)), handed);
        return made.WithMarks(TaintMarks.Clean(TaintMarks.Step(marks, Place(site.Span), "构造"), api?.Cleans ?? 0));
    }
}
