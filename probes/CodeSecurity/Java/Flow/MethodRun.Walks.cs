using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Loops over all elements of something: what every element was checked for holds for the whole, and what has no elements is harmless.</summary>
internal sealed partial class MethodRun
{
    /// <summary>A check of an element speaks for the whole as far as this round goes.</summary>
    private void CleanWalked(JavaExpression element, ulong mask)
    {
        foreach (var walk in _uses.Walks.ToArray())
        {
            if (walk.Holds(element))
            {
                // Only once the loop is through does it hold for the whole.
                _now![walk.Number] = _now[walk.Number].WithMarks(TaintMarks.Clean(_now[walk.Number].Marks, mask));
            }
        }
    }

    private void CleanWhole(JavaExpression whole, ulong mask)
    {
        CleanPlace(whole, mask);
        if (_now is null || mask == 0)
        {
            return;
        }

        foreach (var number in Quietly(whole).Objects)
        {
            if (ObjectAt(number) is { Parts.Count: > 0 } one)
            {
                _now.Put(number, one with { Parts = one.Parts.ToDictionary(p => p.Key, p => p.Key.StartsWith('[') ? p.Value.WithMarks(TaintMarks.Clean(p.Value.Marks, mask)) : p.Value, StringComparer.Ordinal) });
            }
        }
    }

    /// <summary>Goes through a loop over all elements.</summary>
    private void WalkOver(Walk? walk, Action<Walk?> loop)
    {
        if (walk is null)
        {
            loop(null);
            return;
        }

        walk.Number = _scopes.Declare(string.Empty);
        _uses.Walks.Add(walk);
        loop(walk);
        _uses.Walks.Remove(walk);
    }

    private void Enter(Walk? walk)
    {
        if (walk is not null)
        {
            var whole = Deep(Quietly(walk.Over));
            _now![walk.Number] = FlowValue.Marked(whole);
        }
    }

    /// <summary>At the end of a round: what the whole is cleaned of by all rounds.</summary>
    private void Passed(Walk? walk)
    {
        if (walk is not null && _now is not null)
        {
            walk.Mask &= _now[walk.Number].Marks.Aggregate(ulong.MaxValue, static (all, m) => all & m.Cleaned);
        }
    }

    private void Leave(Walk? walk)
    {
        if (walk is not null && _now is not null)
        {
            CleanWhole(walk.Over, walk.Mask);
        }
    }

    /// <summary>What <c>for (int i = 0; i &lt; x.length(); i++)</c> goes over; null of other loops.</summary>
    private Walk? Walked(JavaFor loop)
    {
        if (Backwards(loop) is { } from)
        {
            return from;
        }

        if (loop is not
            {
                First: [JavaLocalVariables { Variables: [{ Name: var index, Value: JavaLiteral { Value: "0" } }, ..] }],
                Condition: JavaBinary { First: JavaName { Name: var compared }, Steps: [{ Operator: JavaOperator.Less, Operand: var end }] },
                Steps: [JavaUnary { Operator: JavaTokenKind.Increment, Operand: JavaName { Name: var counted } }],
            } || index != compared || index != counted)
        {
            return null;
        }

        end = end is JavaName name && ToldOnce(name) is { } told ? told : end;
        return end switch
        {
            JavaCall { Name: "length" or "size", Arguments.Length: 0, Target: JavaName whole } => new Walk(whole, null, index),
            JavaSelect { Name: "length", Target: JavaName array } => new Walk(array, null, index),
            _ => null,
        };
    }

    /// <summary>From the last element to the first: <c>i = x.length(); --i &gt;= 0;</c>, or <c>i = x.length() - 1; i &gt;= 0; i--</c>.</summary>
    private static Walk? Backwards(JavaFor loop)
    {
        if (loop is not { First: [JavaLocalVariables { Variables: [{ Name: var index, Value: { } first }] }], Condition: JavaBinary { First: var compared, Steps: [{ Operator: JavaOperator.GreaterEqual, Operand: JavaLiteral { Value: "0" } }] } })
        {
            return null;
        }

        var isBefore = compared is JavaUnary { Operator: JavaTokenKind.Decrement, IsPostfix: false, Operand: JavaName { Name: var counted } } && counted == index && loop.Steps.Length == 0;
        var isBehind = compared is JavaName { Name: var named } && named == index && loop.Steps is [JavaUnary { Operator: JavaTokenKind.Decrement, Operand: JavaName { Name: var stepped } }] && stepped == index;
        var length = isBefore ? first : isBehind && first is JavaBinary { First: var whole, Steps: [{ Operator: JavaOperator.Subtract, Operand: JavaLiteral { Value: "1" } }] } ? whole : null;
        return length switch
        {
            JavaCall { Name: "length" or "size", Arguments.Length: 0, Target: JavaName text } => new Walk(text, null, index),
            JavaSelect { Name: "length", Target: JavaName array } => new Walk(array, null, index),
            _ => null,
        };
    }

    private Walk? Walked(JavaForEach loop)
    {
        var whole = loop.Values;
        while (whole is JavaCall { Name: "toCharArray" or "split" or "getBytes" or "trim" or "keySet" or "values", Target: { } target })
        {
            whole = target;
        }

        return whole is JavaName or JavaSelect || (whole is JavaCall { Arguments.Length: 0, Target: { } owner } call && FieldRead(call, owner) is not null) ? new Walk(whole, loop.Variable.Name, null) : null;
    }

    /// <summary>Elements of a list that is known wholly, one after the other; null where it is not.</summary>
    private FlowValue[]? Listed(FlowValue values)
    {
        if (values.Objects is not [var only] || ObjectAt(only) is not { Input: null, Count: > 0 and <= MostListed } list || values.Marks.Length > 0)
        {
            return null;
        }

        var listed = Enumerable.Range(0, list.Count).Select(i => list.Parts.GetValueOrDefault(PartOf((long)i))).ToArray();
        return Array.TrueForAll(listed, v => v?.Constant is string or char or long) ? Array.ConvertAll(listed, v => v!) : null;
    }

    /// <summary>Texts a field holds that is filled where it is declared, and in blocks of its class, with literals only; null where it is not.</summary>
    private FlowValue[]? ListedIn(JavaExpression values)
    {
        var field = values switch
        {
            JavaName name when _scopes.Find(name.Name) < 0 => _program.Field(_type, name.Name) ?? ImportedField(name.Name),
            JavaSelect select when !IsValue(select.Target) && _program.Find(TypeNamed(select.Target)) is { } type => _program.Field(type, select.Name),
            _ => null,
        };
        if (field is not { IsStatic: true } || !field.Syntax.Modifiers.HasFlag(JavaModifiers.Final) || _book.Lasting.Shared(field.Key).Length > 0)
        {
            return null;
        }

        var listed = Literals(field.Variable.Value).ToList();
        foreach (var add in field.Owner.Syntax.Members.OfType<JavaInitializer>().SelectMany(b => JavaWalk.All(b.Body)).OfType<JavaCall>())
        {
            if (add is { Name: "add", Target: JavaName { Name: var filled }, Arguments: [var added] } && filled == field.Variable.Name)
            {
                listed.Add(added);
            }
        }

        return listed.Count is > 0 and <= MostListed && listed.TrueForAll(l => l is JavaLiteral { Kind: JavaTokenKind.StringLiteral or JavaTokenKind.CharLiteral }) ? [.. listed.Select(l => Literal((JavaLiteral)l))] : null;
    }

    private static ImmutableArray<JavaExpression> Literals(JavaExpression? value) => value switch
    {
        JavaArrayValues array => array.Values,
        JavaArrayCreation { Values: { } array } => array.Values,
        JavaCall { Name: "asList" or "of", Arguments: var given } => given,
        JavaCall { Name: "unmodifiableList" or "unmodifiableSet", Arguments: [var inner] } => Literals(inner),
        JavaCreation { Arguments: [var inner] } => Literals(inner),
        _ => [],
    };

    private const int MostListed = 24;

    /// <param name="whole">As it is written.</param>
    /// <param name="element">Variable of the element; null where an index stands for it.</param>
    /// <param name="index">Its variable.</param>
    private sealed class Walk(JavaExpression whole, string? element, string? index)
    {
        public JavaExpression Over => whole;

        /// <summary>Number of a variable nobody named, for the whole as far as it is checked.</summary>
        public int Number { get; set; }

        public ulong Mask { get; set; } = ulong.MaxValue;

        public bool Holds(JavaExpression one) => one switch
        {
            JavaName name => name.Name == element,
            JavaIndex { Target: JavaName array, Index: JavaName at } => index is not null && at.Name == index && whole is JavaName own && own.Name == array.Name,
            JavaCall { Target: JavaName text, Arguments: [JavaName at] } => index is not null && at.Name == index && whole is JavaName own && own.Name == text.Name,
            _ => false,
        };
    }
}
