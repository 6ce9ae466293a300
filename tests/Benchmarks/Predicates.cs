using System.Text.Json;
using BenchmarkDotNet.Attributes;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Benchmarks;

/// <summary>Evaluating a rule of ordinary size, and one that walks a list of a thousand elements.</summary>
[MemoryDiagnoser]
public class Predicates
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly JsonElement NoFacts = JsonSerializer.SerializeToElement(new { kind = "website" });

    private readonly Predicate _flat = new AllOf(
    [
        Test("ssl3", FieldOperator.Equals, false),
        Test("tls10", FieldOperator.Equals, false),
        new Not(Test("leaf.signatureAlgorithm", FieldOperator.Matches, "(?i)(md5|sha1)")),
        new AnyOf([Test("leaf.keyBits", FieldOperator.AtLeast, 2048), Test("leaf.keyAlgorithm", FieldOperator.In, new[] { "SM2" })]),
    ]);

    private readonly Predicate _list = new Every("items", new AllOf([Test("secure", FieldOperator.Equals, true), Test("age", FieldOperator.AtMost, 2000)]));

    private EvaluationScope _record = null!;
    private EvaluationScope _thousand = null!;

    [GlobalSetup]
    public void Setup()
    {
        _record = Scope(new { ssl3 = false, tls10 = false, leaf = new { signatureAlgorithm = "SM2-with-SM3", keyBits = 256, keyAlgorithm = "SM2" } });
        _thousand = Scope(new { items = Enumerable.Range(0, 1000).Select(i => new { secure = true, age = i }) });
    }

    [Benchmark(Baseline = true)]
    public Truth OneRecord() => PredicateEvaluation.Evaluate(_flat, _record);

    [Benchmark]
    public Truth ListOfAThousand() => PredicateEvaluation.Evaluate(_list, _thousand);

    private static EvaluationScope Scope<T>(T data) => new(JsonSerializer.SerializeToElement(data), NoFacts, Now);

    private static FieldTest Test<T>(string field, FieldOperator test, T operand) => new(field, test, JsonSerializer.SerializeToElement(operand));
}
