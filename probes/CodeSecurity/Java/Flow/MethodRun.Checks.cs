using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a call of a library is a sink or source of.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Stands in steps into what only old versions of a library do harm with.</summary>
    public const string UnknownVersion = "新版本的库没有这个问题，用的哪一版不知道";

    /// <summary>Before the text that the first argument has to be.</summary>
    private const string OnlyNamed = "named ";

    /// <summary>All that a method is a sink of.</summary>
    private void Sinks(CallSite site, ApiMethod api)
    {
        if (api.Weakness >= 0)
        {
            Sink(site, api);
        }

        foreach (var more in api.More)
        {
            if (more.Weakness >= 0)
            {
                Sink(site, more);
            }
        }
    }

    private void Sink(CallSite site, ApiMethod api)
    {
        var known = api.Known;
        if (known.Always)
        {
            if (!IsSeenTo(api.Weakness, wholeType: true))
            {
                _book.Tell(new FoundFlow(api.Weakness, Place(site.Span), null));
            }

            return;
        }

        if (known.Acts is { } act)
        {
            if (act.StartsWith("part-required ", StringComparison.Ordinal))
            {
                Require(site, api.Weakness, act["part-required ".Length..]);
                return;
            }

            if (IsOtherForm(act, site, known))
            {
                return;
            }

            if (act is "to-page")
            {
                if (site.Arguments.Any(a => a.Type is "javax.servlet.ResponseWriter" or "javax.servlet.ServletOutputStream"))
                {
                    _book.Tell(new FoundFlow(api.Weakness, Place(site.Span), null));
                }

                return;
            }
        }

        var isSettled = IsSettled(known, site);
        if (isSettled && _apis.RidersOf(api.Weakness).Count == 0)
        {
            return;
        }

        if (known.FixedProgram && ProgramAlone(site) is not { } && IsListGiven(site))
        {
            ReachAll(api.Weakness, Place(site.Span), MarksAt(site, 0), new StepWords($"{site.Name} 使用（{UnknownProgram}）", StepDoubt.UnknownLibrary, site.Name), isSettled);
            return;
        }

        if (known.FixedProgram && ProgramAlone(site) is { } program)
        {
            // What stands beside the command, as its environment, decides too what runs.
            ReachAll(api.Weakness, Place(site.Span), known.At.Where(a => a > 0).Aggregate(program, (all, a) => TaintMarks.Union(all, MarksAt(site, a))), $"{site.Name} 使用", isSettled);
            return;
        }

        SinkAt(site, api, isSettled);
    }

    /// <summary>Stands in steps into a program nobody says the name of, with its arguments apart.</summary>
    public const string UnknownProgram = "参数逐个给出，程序是哪个没有看到";

    /// <summary>It is called in another form than the one that is dangerous.</summary>
    private static bool IsOtherForm(string act, CallSite site, FlowMethod known) => act switch
    {
        "judged" => !IsDoubtful(site, known.At),
        "url-given" => !site.Arguments.Any(a => a.Type is "java.net.URL"),
        "uri-given" => !site.Arguments.Any(a => a.Type is "java.net.URI"),

        // What stands behind the text are values of its parameters.
        _ when act.StartsWith(OnlyNamed, StringComparison.Ordinal) => site.Arguments is not [{ Constant: string name }, ..] || !name.Equals(act[OnlyNamed.Length..], StringComparison.OrdinalIgnoreCase),
        "behind-condition" => site.Arguments is [{ Type: "java.lang.String" } or { Constant: string }, ..],
        _ => false,
    };

    private void SinkAt(CallSite site, ApiMethod api, bool isSettled)
    {
        var known = api.Known;
        foreach (var place in known.At.Count > 0 ? known.At : Enumerable.Range(0, site.Arguments.Count))
        {
            if (IsStream(api.Weakness, ValueAt(site, place)))
            {
                continue;
            }

            if (api.Matches is not { } expression)
            {
                var marks = known.Acts == "dispatcher" ? Dispatched(site, place) : api.Weakness == _apis.BitOf("log") && ValueAt(site, place) is { } logged ? Logged(logged) : MarksAt(site, place);
                ReachAll(api.Weakness, Place(site.Span), NotOwn(api.Weakness, site.Name, marks), api.Weakness == _apis.BitOf("xss") && ValueAt(site, place) is { } written && IsJson(written) && SaysNoKind() ? new StepWords($"{site.Name} 使用（{AsJson}）", StepDoubt.OnResolution, site.Name) : Used(site, known), isSettled);
                NoteWritten(api.Weakness, site, known.At, place);
            }
            else if (!_context.IsTest && ValueAt(site, place) is { } value && TextOf(value) is { } text && expression.IsMatch(text))
            {
                _book.Tell(new FoundFlow(api.Weakness, Place(site.Span), null));
            }
        }
    }

    /// <summary>Stands in steps of answers that begin as JSON does.</summary>
    public const string AsJson = "开头是 JSON，浏览器未必当作页面";

    /// <summary>Pages say that they are some, and so do those who set the kind by hand.</summary>
    private bool SaysNoKind() => _path.EndsWith(".java", StringComparison.Ordinal) && !JavaWalk.All(_uses.Code).OfType<JavaLiteral>().Any(l => l.Value.Contains("html", StringComparison.OrdinalIgnoreCase));

    private static StepWords Used(CallSite site, FlowMethod known) =>
        known.IsUnproven ? new StepWords($"{site.Name} 使用（{UnknownVersion}）", StepDoubt.UnknownVersion, site.Name)
        : known.Acts == "by-name" ? new StepWords($"{site.Name} 使用（按名称取，名称不是模板的文字）", StepDoubt.OnResolution, site.Name)
        : new StepWords($"{site.Name} 使用", Name: site.Name);

    /// <summary>What is known of the arguments of a call; constants that tests hand to the code they test are no constants of that code.</summary>
    private CallContext ContextOf(IReadOnlyList<FlowValue> arguments, IReadOnlyList<string?> parameters)
    {
        var context = CallContext.Of(arguments, parameters);
        return context.Key.Length > 0 && (_context.IsTest || IsTest()) ? context with { Key = context.Key + "\u0002", IsTest = true } : context;
    }

    private (string Path, bool IsTest) _tested = (string.Empty, false);

    private bool IsTest()
    {
        if (!ReferenceEquals(_tested.Path, _path))
        {
            _tested = (_path, TestCode.IsTest(_path));
        }

        return _tested.IsTest;
    }

    private static FlowValue? ValueAt(CallSite site, int place) => place == ApiMethod.Receiver ? site.Receiver : place < site.Arguments.Count ? site.Arguments[place] : null;

    /// <summary>A value of which everything is known, as a text; arrays of numbers with brackets around them.</summary>
    private string? TextOf(FlowValue value)
    {
        if (value.Constant is not null)
        {
            return Said(value.Constant);
        }

        return value.Objects is [var only] && ObjectAt(only) is { Input: null, Count: > 0 } list && list.Parts.Count == list.Count && list.Parts.Values.All(p => p.Constant is long or char)
            ? $"[{string.Join(',', list.Parts.Values.Select(p => p.Constant))}]"
            : null;
    }

    /// <summary>What reaches a sink, for its weakness and those that ride on it.</summary>
    /// <param name="weakness">Its bit.</param>
    /// <param name="site">Where.</param>
    /// <param name="marks">Of what comes in.</param>
    /// <param name="what">For people.</param>
    /// <param name="isSettled">Not for the weakness itself.</param>
    private void ReachAll(int weakness, CodePlace site, TaintMark[] marks, StepWords what, bool isSettled = false)
    {
        if (marks.Length == 0)
        {
            return;
        }

        if (!isSettled && !IsSeenTo(weakness, wholeType: false))
        {
            Reach(weakness, site, marks, Beside(weakness, what));
        }

        foreach (var rider in _apis.RidersOf(weakness))
        {
            if (!IsSeenTo(rider, wholeType: false))
            {
                Reach(rider, site, marks, Beside(rider, what));
            }
        }
    }

    /// <summary>One of the texts that are not looked through is an expression that can take very long.</summary>
    private static bool IsDoubtful(CallSite site, IReadOnlyList<int> looked)
    {
        for (var place = ApiMethod.Receiver; place < Math.Min(2, site.Arguments.Count); place++)
        {
            if (!looked.Contains(place) && ValueAt(site, place)?.Constant is string text)
            {
                return RegexDoubt.IsSlow(text, site.Name == "matches");
            }
        }

        return false;
    }

    /// <summary>Exceptions of the tree itself say what its authors wrote for people.</summary>
    private bool IsOwnText(CallSite site, ApiMethod api) => api.Only != 0 && _program.Find(site.Receiver?.Type) is not null;

    private FlowValue Foreign(CallSite site, ApiMethod api, string source)
    {
        var origin = new ForeignOrigin(Place(site.Span), source, api.Known.Trust, api.Leads, api.Known.IsSegment) { IsAddress = api.Known.Acts == "address", Form = api.Known.Form };
        var mark = api.Only != 0 && IsOfReading(site)
            ? new TaintMark(origin, 0, new TaintStep(Place(site.Span), new StepWords(ForeignOrigin.Say($"{source}，{OfReading}", api.Known.Trust), StepDoubt.InException), null))
            : Begun(site, origin);
        TaintMark[] marks = [(api.Only == 0 ? mark : mark.Clean(~(api.Only | ApiIndex.Signs))).Clean(CleanedBy(site, api))];
        if (api.Known.Into is { } into)
        {
            if (into < site.Arguments.Count)
            {
                Pour(site.Arguments[into], marks, site.Syntax.IsDefault || into >= site.Syntax.Length ? null : site.Syntax[into]);
            }

            return FlowValue.OfType(api.Known.Returns);
        }

        var rest = api.Flow.Count == 0 ? TaintMarks.None : Ordinary(site, api).Marks;
        return _apis.IsInert(api.Known.Returns) ? FlowValue.OfType(api.Known.Returns) : FlowValue.Marked(TaintMarks.Union(marks, rest), api.Known.Returns);
    }

    /// <summary>Stands in beginnings of which nobody knows whether they ever run.</summary>
    public const string Uncalled = "没有看到谁调用";

    private TaintMark Begun(CallSite site, ForeignOrigin origin) => IsIdle(site)
        ? new TaintMark(origin, 0, new TaintStep(origin.Place, new StepWords(ForeignOrigin.Say($"{origin.Kind}，{Uncalled}", origin.Trust), StepDoubt.Uncalled), null))
        : origin.Mark();

    /// <summary>It comes from what a method is given that no code of the tree calls, and no container does.</summary>
    private bool IsIdle(CallSite site) => _book.Idle.Contains(_method)
        && (site.Receiver is not { } given || Array.Exists(given.Marks, m => m.Origin is InputOrigin { Index: > 0 }) || given.Objects.Any(o => ObjectAt(o)?.Input is { Index: > 0 }));

    /// <summary>Some methods clean only where an expression of the tables matches what they are told to do.</summary>
    private ulong CleanedBy(CallSite site, ApiMethod api)
    {
        var cleaned = api.Matches is null || api.Weakness >= 0 || IsTold(site, api) ? api.Cleans : 0;
        cleaned |= IsTail(site) ? _apis.Tails : 0;
        foreach (var more in api.More)
        {
            cleaned |= more is { Weakness: < 0, Matches: not null } && IsTold(site, more) ? more.Cleans : 0;
        }

        return cleaned;

        static bool IsTold(CallSite site, ApiMethod api) => api.Known.At.Any(a => a >= 0 && a < site.Arguments.Count && site.Arguments[a].Constant is { } told && Said(told) is { } text && api.Matches!.IsMatch(text) && Removes(site, api, a + 1));

        // What is put in its place must not be of the same kind.
        static bool Removes(CallSite site, ApiMethod api, int by) => !site.Name.StartsWith("replace", StringComparison.Ordinal) || by >= site.Arguments.Count || (site.Arguments[by].Constant is string or char && !api.Matches!.IsMatch($"{site.Arguments[by].Constant}"));
    }

    /// <summary>What stands behind the last dot or slash of a text leads to no other folder.</summary>
    private bool IsTail(CallSite site)
    {
        if (site.Name != "substring" || site.Syntax.IsDefaultOrEmpty)
        {
            return false;
        }

        return IsLastPlace(site.Syntax[0], 0);
    }

    /// <summary>The place of the last dot or slash, or behind it.</summary>
    private bool IsLastPlace(JavaExpression place, int depth) => depth < MostTold && place switch
    {
        JavaBinary sum => IsLastPlace(sum.First, depth + 1),
        JavaName name => _uses.Of(name.Name)?.Declared?.Value is { } told && IsLastPlace(told, depth + 1),
        JavaCall { Name: "max", Arguments: [var one, var other] } => IsLastPlace(one, depth + 1) && IsLastPlace(other, depth + 1),
        JavaCall { Name: "lastIndexOf", Arguments: [JavaLiteral { Value: "." or "/" or "\\" } or JavaSelect, ..] } => true,
        _ => false,
    };

    private const string Logger = "org.slf4j.Logger";

    private static readonly string[] LoggerAnnotations = ["Slf4j", "XSlf4j", "Log4j", "Log4j2", "Log", "CommonsLog", "JBossLog", "CustomLog"];

    /// <summary>A logger that an annotation of the class writes.</summary>
    private bool IsWrittenLogger(string name)
    {
        for (var around = name == "log" ? _type : null; around is not null; around = around.Outer)
        {
            if (around.Syntax.Annotations.Any(a => Array.Exists(LoggerAnnotations, l => a.Name == l || a.Name.EndsWith("." + l, StringComparison.Ordinal))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConstant(JavaDeclaredType type, string name) => type.Syntax.Kind == JavaTypeKind.Enum && type.Syntax.Constants.Any(c => c.Name == name);

    /// <summary>Constants of libraries of which the tables know something stand there as methods without arguments.</summary>
    private FlowValue LibraryField(JavaSelect select, string type) =>
        _apis.Field(type, select.Name) is { Source: { } source } of ? FlowValue.Marked([new ForeignOrigin(Place(select.Span), source, of.Trust).Mark()], of.Returns)
            : _apis.Find(type, select.Name, 0) is { } api ? Known(new CallSite(select, select.Span, select.Name, null, null, [], default), api)
            : _apis.Constant(type, select.Name) is { } constant ? FlowValue.Of(constant)
            : Prefix(select.Name);
}
