/** The id that a sale will have; chosen when the ticket is opened. */
export { newId as newSaleId } from "../../shell/newId";
