namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which calls and comparisons check a value, and what the check is worth.</summary>
internal sealed partial class MethodRun
{
    private static object? ConstantOf(JavaExpression expression) => expression switch
    {
        JavaLiteral literal => ConstantFolding.Literal(literal),
        JavaUnary { Operator: JavaTokenKind.Minus, Operand: JavaLiteral literal } => ConstantFolding.Literal(literal) is long number ? -number : null,
        _ => null,
    };

    private void AssumeCall(JavaCall call, bool truth)
    {
        if (truth && call is { Name: "endsWith", Target: { } ended })
        {
            CleanHost(ended);
        }

        if (truth && call is { Name: "contains", Target: { } whole, Arguments: [var piece] })
        {
            AssumeWithin(whole, piece);
        }

        if (truth && call is { Name: "equals" or "equalsIgnoreCase" })
        {
            // What equals something is there.
            foreach (var one in call.Arguments)
            {
                NoteFound(one);
            }
        }

        NotePresence(call, truth);
        if (Known(call) is { } api)
        {
            AssumeKnown(call, api, truth);
            api.More.ForEach(m => AssumeKnown(call, m, truth));
            return;
        }

        CleanArguments(call, s => truth ? s.WhenTrue : s.WhenFalse);
        AssumeOfProject(call, truth);
        DoubtCall(call, truth);
    }

    private void AssumeKnown(JavaCall call, ApiMethod api, bool truth)
    {
        var cleaned = truth ? api.Guards : api.GuardsNot;
        if (cleaned == 0)
        {
            return;
        }

        foreach (var place in api.Known.At.Count > 0 ? api.Known.At : [0])
        {
            var looked = place == ApiMethod.Receiver ? call.Target : place < call.Arguments.Length ? call.Arguments[place] : null;
            if (looked is not null && Settled(call, api, looked, truth))
            {
                Believe(api, call, looked);
                CleanPlace(looked, truth ? Worth(cleaned, Others(call, looked).SelectMany(LetIn).SelectMany(t => LetThrough(call, t))) : cleaned);
                if (cleaned == ulong.MaxValue)
                {
                    CleanHost(looked);
                }
            }
            else if (looked is not null)
            {
                DoubtCompared(call, looked, truth);
            }
        }
    }

    /// <summary>Remembers a check that cleared something foreign and is worth as much as its pattern.</summary>
    private void Believe(ApiMethod api, JavaCall call, JavaExpression cleared)
    {
        if ((api.Known.IsBelieved || api.Matches is not null) && Deep(Quietly(cleared)).Length > 0)
        {
            _book.Believed.Add(Place(call.Span));
        }
    }

    /// <summary>What a value is compared with is not foreign itself, and is what the table asks for where it is known. Unless the check is only believed, that must be known. Fields of the object at hand are its own; of checks that are believed, what callers give is taken for their own too.</summary>
    /// <param name="call">The check.</param>
    /// <param name="api">What the table knows of it.</param>
    /// <param name="looked">What is checked.</param>
    /// <param name="truth">What it said: of several constants one was found, whichever that is, or none.</param>
    private bool Settled(JavaCall call, ApiMethod api, JavaExpression looked, bool truth)
    {
        var (asked, met) = (api.Matches, default(bool?));
        foreach (var other in Others(call, looked))
        {
            var value = Quietly(other);
            if (!Array.TrueForAll(Deep(value), m => m.Origin is InputOrigin input && (api.Known.IsBelieved || input.Index == 0)))
            {
                return false;
            }

            met = asked is not null && value.Constant is string or char ? Both(met, api.Asks($"{value.Constant}")) : met;
        }

        return asked is null || (met ?? api.Known.IsBelieved);

        bool Both(bool? before, bool now) => truth ? before != false && now : before == true || now;
    }

    /// <summary>What a check compares a value with.</summary>
    private List<JavaExpression> Others(JavaCall call, JavaExpression looked)
    {
        var others = call.Arguments.Where(a => !ReferenceEquals(a, looked));
        others = (looked is JavaName name ? ToldOnce(name) : looked) is JavaCall { Name: "matcher", Target: { } pattern } ? others.Append(pattern) : others;
        return [.. call.Target is { } target && !ReferenceEquals(target, looked) && IsValue(target) ? others.Prepend(target) : others];
    }

    private ApiMethod? Known(JavaCall call)
    {
        if (call.Target is null)
        {
            return null;
        }

        var isValue = IsValue(call.Target);
        var type = isValue ? Quietly(call.Target).Type : TypeNamed(call.Target);
        if (type is null)
        {
            return isValue ? _apis.FindAnywhere(call.Name, call.Arguments.Length) : null;
        }

        // A type of the tree has what a library above it has, where it says nothing else.
        return _program.Find(type) is not { } own ? _apis.Find(type, call.Name, call.Arguments.Length)
            : Nearest(own, call.Name, [.. call.Arguments.Select(Quietly)]).Count > 0 ? null
            : _apis.Find(type, call.Name, call.Arguments.Length, _program.NamesAbove(own));
    }

    /// <summary>Value of an expression that is looked at once more: nothing comes of it.</summary>
    private FlowValue Quietly(JavaExpression expression)
    {
        if (expression is not (JavaName or JavaSelect or JavaLiteral or JavaCall or JavaCreation { Body.IsDefault: true } or JavaBinary { Steps: [{ Operator: JavaOperator.Add }, ..] }))
        {
            return FlowValue.Unknown;
        }

        var before = _now!.Copy();
        var value = Evaluate(expression);
        _now = before;
        return value;
    }

    /// <summary>How a place or a length compares with nought.</summary>
    private void AssumeOrder(JavaExpression value, JavaBinaryStep step, bool truth)
    {
        if (ConstantOf(step.Operand) is not long number)
        {
            return;
        }

        // Below the number that follows, or not.
        var (isBelow, limit) = step.Operator switch
        {
            JavaOperator.Less => (truth, number),
            JavaOperator.LessEqual => (truth, number + 1),
            JavaOperator.GreaterEqual => (!truth, number),
            _ => (!truth, number + 1),
        };
        if (limit == 0)
        {
            AssumeFound(value, !isBelow);
        }
        else if (limit == 1)
        {
            AssumeEmpty(value, isBelow);
        }
    }

    /// <summary>A part of a text stands somewhere in it, or nowhere.</summary>
    /// <returns>Whether the expression asks where.</returns>
    private bool AssumeFound(JavaExpression place, bool isFound)
    {
        switch (place)
        {
            case JavaCall { Name: "indexOf" or "lastIndexOf" or "indexOfIgnoreCase" or "indexOfAny", Target: not null } call:
                AssumeCall(call with { Name = "contains" }, isFound);
                return true;
            case JavaCall { Name: "max", Arguments: [var one, var other] } when !isFound:
                var first = AssumeFound(one, false);
                return AssumeFound(other, false) && first;
            case JavaName name when ToldOnce(name) is { } told && _told < MostTold:
                _told++;
                var isPlace = AssumeFound(told, isFound);
                _told--;
                return isPlace;
            default:
                return false;
        }
    }

    /// <summary>What holds nothing is harmless.</summary>
    private bool AssumeEmpty(JavaExpression length, bool isEmpty)
    {
        var measured = length switch
        {
            JavaCall { Name: "length" or "size", Arguments.Length: 0, Target: { } text } => text,
            JavaSelect { Name: "length", Target: var array } => array,
            _ => null,
        };
        if (isEmpty && measured is not null)
        {
            CleanPlace(measured, ulong.MaxValue);
        }

        return measured is not null;
    }

    private static readonly string[] NotInNames = ["sql", "path", "zip-slip", "command", "ssrf", "redirect", "header", "log", "xss", "ldap", "xpath"];

    /// <summary>What names a class that was found holds letters, digits and dots.</summary>
    private void NoteClass(CallSite site)
    {
        if (!site.Syntax.IsDefaultOrEmpty)
        {
            CleanPlace(site.Syntax[0], _apis.MaskOf(NotInNames));
        }
    }

    /// <summary>Methods that only come back where a check holds.</summary>
    private FlowValue? ActOnChecks(string act, CallSite site, ApiMethod api)
    {
        switch (act)
        {
            case "assume" or "assume-not":
                if (!site.Syntax.IsDefaultOrEmpty)
                {
                    Assume(site.Syntax[0], act == "assume");
                }

                return FlowValue.Unknown;
            case "checked":
                foreach (var place in api.Known.At.Where(a => a >= 0 && !site.Syntax.IsDefault && a < site.Syntax.Length))
                {
                    CleanPlace(site.Syntax[place], api.Guards);
                }

                return Ordinary(site, api);
            case "below-first" when site.Arguments.Count > 1:
                // What does not stay below the first makes it throw; the first is whatever it is.
                var below = TaintMarks.Clean(Deep([.. site.Arguments.Skip(1)]), api.Guards);
                return FlowValue.Marked(TaintMarks.Union(Deep(site.Arguments[0]), below), api.Known.Returns);
            case "present":
                if (!site.Syntax.IsDefaultOrEmpty)
                {
                    NoteGiven(site.Syntax[0]);
                }

                return At(site, 0);
            case "ends":
                End(site);
                return FlowValue.Unknown;
            default:
                return null;
        }
    }
}
