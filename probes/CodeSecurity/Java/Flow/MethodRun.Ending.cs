namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Calls that never come back, and those that only do where a condition they are given holds.</summary>
internal sealed partial class MethodRun
{
    /// <summary>A method of a library that always throws; where the tree puts another one in its place, that one has to.</summary>
    private void End(CallSite site)
    {
        if (_program.Types.Inheritance.Descendants(site.Receiver?.Type ?? _type.FullName).SelectMany(b => _program.Declared(b, site.Name)).Where(m => m.Takes(site.Arguments.Count)).All(m => _book.Of(m, CallContext.None).IsEndless))
        {
            _ended = site.Node;
        }
    }

    /// <summary>Of a method that throws where a truth it is given is what it is: behind the call it is the other.</summary>
    private void AssumeGiven(List<ProgramMethod> bodies, CallSite site)
    {
        for (var i = 0; !site.Syntax.IsDefaultOrEmpty && i < site.Syntax.Length && _now is not null; i++)
        {
            var place = i;
            if (site.Syntax[i] is not (JavaBinary or JavaUnary or JavaCall or JavaName) || site.Arguments[i].Constant is bool || !bodies.TrueForAll(m => Asks(m, place)))
            {
                continue;
            }

            foreach (var truth in new[] { true, false })
            {
                List<FlowValue> given = [.. site.Arguments.Select((a, at) => at == place ? FlowValue.Of(truth) : a)];
                if (bodies.TrueForAll(m => _book.Of(m, ContextOf(given, m.ParameterTypes)).IsEndless))
                {
                    Assume(site.Syntax[i], !truth);
                    break;
                }
            }
        }
    }

    /// <summary>It begins by asking what this parameter says.</summary>
    private bool Asks(ProgramMethod method, int place) =>
        place < method.ParameterTypes.Count && method.ParameterTypes[place] is "boolean" && method.Syntax.Parameters[place] is { IsVariable: false } asked && _book.BodyOf(method) is { Statements: [JavaIf { Branches: [var choice, ..] }, ..] } && JavaWalk.All(choice.Condition).OfType<JavaName>().Any(n => n.Name == asked.Name);
}
