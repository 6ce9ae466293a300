using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Values, objects and summaries.</summary>
internal sealed partial class FlowReader
{
    /// <summary>A method has no more parameters, by the rules of the language.</summary>
    private const int MostMasks = 1024;

    public ProgramMethod Method() => _numbers.Method(Small()) ?? throw new FlowChangedException("broken");

    public CallContext Context()
    {
        var key = Said();
        var constants = new object?[Count()];
        for (var i = 0; i < constants.Length; i++)
        {
            constants[i] = Constant();
        }

        var writers = new string?[Count()];
        for (var i = 0; i < writers.Length; i++)
        {
            writers[i] = Text();
        }

        return new CallContext(key, constants) { Writers = writers, Pieces = Truths(), IsTest = Truth(), Self = Text(), IsExact = Truth(), NoTexts = Truths() };
    }

    private bool[] Truths()
    {
        var truths = new bool[Count()];
        for (var i = 0; i < truths.Length; i++)
        {
            truths[i] = Truth();
        }

        return truths;
    }

    public FoundFlow Flow()
    {
        var (weakness, site, way, trust) = (Small(), Place(), Step(), (FlowTrust)Small());
        return new FoundFlow(weakness, site, way, trust) { IsDoubted = Truth() };
    }

    public TaintMark[] Marks()
    {
        var marks = new TaintMark[Count()];
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = Mark();
        }

        return marks.Length == 0 ? TaintMarks.None : marks;
    }

    public CodeValue? Code()
    {
        var all = new (JavaExpression Syntax, JavaDeclaredType Type, List<CapturedVariable> Captured, object? Home)[Count()];
        for (var i = 0; i < all.Length; i++)
        {
            var type = _numbers.Type(Small()) ?? throw new FlowChangedException("broken");
            var (kind, place) = (Small(), Place());
            var last = Now(place.File, Small());
            var syntax = _numbers.Code(type.Path, place.At, last + 1, kind) ?? throw new FlowChangedException("gone");
            var home = Home(Small());
            var captured = new List<CapturedVariable>();
            for (var count = Count(); count > 0; count--)
            {
                var (name, declared) = (Said(), Text());
                captured.Add(new CapturedVariable(name, declared, Known(), Small()));
            }

            all[i] = (syntax, type, captured, home);
        }

        CodeValue? code = null;
        for (var i = all.Length - 1; i >= 0; i--)
        {
            code = new CodeValue(all[i].Syntax, all[i].Type, all[i].Captured, all[i].Home, code);
        }

        return code;
    }

    public FlowValue? Value()
    {
        if (!Truth())
        {
            return null;
        }

        Deeper();
        var (marks, constant, type) = (Marks(), Constant(), Text());
        var objects = new int[Count()];
        for (var i = 0; i < objects.Length; i++)
        {
            objects[i] = Small();
        }

        var code = Code();
        _depth--;
        return new FlowValue(marks, constant, type, objects, code) { Element = Element(), Start = Text(), Seen = Text(), MayBeOther = Truth() };
    }

    public MethodSummary Summary()
    {
        var (returned, raised) = (Known(), new List<FlowValue>());
        for (var count = Count(); count > 0; count--)
        {
            raised.Add(Known());
        }

        var objects = new Dictionary<int, FlowObject>();
        for (var count = Count(); count > 0; count--)
        {
            objects[Small()] = Object();
        }

        var inputs = new Dictionary<int, InputOrigin>();
        for (var count = Count(); count > 0; count--)
        {
            inputs[Small()] = Input();
        }

        var hits = new List<SinkHit>();
        for (var count = Count(); count > 0; count--)
        {
            var (weakness, site, origin, way, isSoiled) = (Small(), Place(), Input(), Step(), Truth());
            hits.Add(new SinkHit(weakness, site, origin, way, isSoiled) { Checked = Inputs(), Filled = Inputs(), IsDoubted = Truth() });
        }

        var shares = new List<SharedInput>();
        for (var count = Count(); count > 0; count--)
        {
            shares.Add(new SharedInput(Said(), Mark()));
        }

        return new MethodSummary
        {
            Return = returned,
            Raised = raised,
            Objects = objects,
            Inputs = inputs,
            Hits = hits,
            Shares = shares,
            WhenTrue = Masks(),
            WhenFalse = Masks(),
            WhenNotNull = Masks(),
            WhenBack = Masks(),
            IsEndless = Truth(),
            Outcomes = Outcomes(),
        };
    }

    private List<ReturnOutcome> Outcomes()
    {
        var outcomes = new List<ReturnOutcome>();
        for (var count = Count(); count > 0; count--)
        {
            var (type, parts) = (Text(), new Dictionary<string, object?>(StringComparer.Ordinal));
            for (var more = Count(); more > 0; more--)
            {
                parts[Said()] = Constant();
            }

            outcomes.Add(new ReturnOutcome(type, parts, Masks()));
        }

        return outcomes;
    }

    private FlowObject Object()
    {
        var (type, isExact) = (Text(), Truth());
        var input = Truth() ? Input() : null;
        var (count, element, parts) = (Small(), Element(), new Dictionary<string, FlowValue>(StringComparer.Ordinal));
        for (var more = Count(); more > 0; more--)
        {
            parts[Said()] = Known();
        }

        return new FlowObject(type, isExact, input, parts, count) { Element = element };
    }

    private TaintMark Mark()
    {
        var (origin, cleaned, soiled) = (Origin(), Bits(), Bits());
        return new TaintMark(origin, cleaned, Step(), soiled);
    }

    private TaintOrigin Origin()
    {
        if (!Truth())
        {
            return new InputOrigin(Small(), Said());
        }

        var (place, kind, trust, leads, signs) = (Place(), Said(), (FlowTrust)Small(), Bits(), Small());
        return new ForeignOrigin(place, kind, trust, leads, (signs & 1) != 0) { IsAddress = (signs & 2) != 0, Form = (InputForm)Small() };
    }

    private InputOrigin Input() => Origin() as InputOrigin ?? throw new FlowChangedException("broken");

    private FlowValue Known() => Value() ?? throw new FlowChangedException("broken");

    private InputSet Inputs()
    {
        var set = InputSet.None;
        for (var count = Count(); count > 0; count--)
        {
            set = set.With(Input());
        }

        return set;
    }

    private ulong[] Masks()
    {
        var masks = new ulong[Count() is <= MostMasks and var count ? count : throw new FlowChangedException("broken")];
        for (var i = 0; i < masks.Length; i++)
        {
            masks[i] = Bits();
        }

        return masks;
    }

    private ElementType? Element()
    {
        if (!Truth())
        {
            return null;
        }

        Deeper();
        var element = new ElementType(Text(), Element());
        _depth--;
        return element;
    }

    private object? Constant() => Number() switch
    {
        0 => null,
        1 => Said(),
        2 => Number(),
        3 => Truth(),
        4 => (char)Small(),
        5 => JavaNull.Value,
        6 => new DeployedText(Said()),
        7 => new NamedMethod(Said(), Said()),
        _ => throw new FlowChangedException("broken"),
    };

    private object? Home(int number)
    {
        if (number == 0)
        {
            return null;
        }

        if (!_homes.TryGetValue(number, out var home))
        {
            _homes[number] = home = new object();
        }

        return home;
    }
}
