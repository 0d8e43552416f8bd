open System.IO
open ElasticNet.Fast
open ElasticNet.Fast.Csv

// fsharp ROWS: fits a table and predicts its rows.
[<EntryPoint>]
let main args =
    let apart = [| "progression" |]
    let table = CsvTable.Read(args[0], CsvReadOptions(Apart = apart))
    let options = ElasticNetOptions(Seed = 1UL, Folds = 5)
    let result = ElasticNetEstimator.CrossValidate(table.Table, table.Column("progression").Span, options)
    let predictions = Path.GetTempFileName()
    do
        use output = File.Create predictions
        use rows = CsvText.Open args[0]
        PredictionWriter.Write(result.Model, rows, output) |> ignore
    let count = File.ReadAllLines(predictions).Length - 1
    File.Delete predictions
    printfn "%d predictions, within %g of the optimum" count result.Model.Fit.RelativeGap
    if count = table.Rows then 0 else 1
